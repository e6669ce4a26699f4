import type { Look } from "../look.ts";
import { at, textAt } from "../parsed.ts";
import { type ProposedCheck, REPORTS } from "../proposal.ts";
import { copiedArguments, type ToolCall, toolCalls } from "./ci.ts";
import { chooseInstaller } from "./installer.ts";
import { type Project, readProject } from "./project.ts";

/** A check before it is known how its tool is called. */
interface Wanted extends Omit<ProposedCheck, "run"> {
  /** The module that Python runs; undefined when the command stands for itself. */
  readonly tool: string | undefined;
  readonly arguments: string;
}

/** The checks of a Python project, from its manifests, its tools' configurations and what CI runs. */
export function proposePython(look: Look): readonly ProposedCheck[] {
  const project = readProject(look);
  const calls = toolCalls(look);
  const tests = calls.find(({ tool }) => /^(?:pytest|py\.test|unittest|tox|nox)$/.test(tool));
  const wanted = [
    formatOf(project, calls),
    lintOf(project, calls),
    typesOf(project, calls),
    testOf(project, calls),
  ].filter((check) => check !== undefined);
  notePython(project);
  if (wanted.length === 0) return [];
  const tools = wanted.flatMap(({ tool }) => tool ?? []);
  const installer = chooseInstaller({ project, tools: [...new Set(tools)], calls, tests });
  const checks = wanted.map(({ tool, arguments: words, ...check }) => ({
    ...check,
    run: (tool === undefined
      ? words.replace(/^python3/, installer.run.replace(/ -m$/, ""))
      : `${installer.run} ${tool} ${words}`
    ).trim(),
  }));
  return [installer.setup, ...checks];
}

function called(
  calls: readonly ToolCall[],
  is: (call: ToolCall, values: readonly string[]) => boolean,
): { readonly arguments: string; readonly because: string } | undefined {
  for (const call of calls) {
    if (
      !is(
        call,
        call.arguments.map(({ value }) => value),
      )
    )
      continue;
    const words = copiedArguments(call);
    if (words !== undefined) return { arguments: words, because: `${call.workflow} runs it` };
  }
  return undefined;
}

function configured(
  { look, pyproject, setupCfg, tox }: Project,
  places: {
    readonly table?: string;
    readonly files?: readonly string[];
    readonly section?: string;
  },
): string | undefined {
  const file = places.files?.find((path) => look.has(path));
  if (file !== undefined) return look.place(file);
  if (places.table !== undefined && at(pyproject, "tool", places.table) !== undefined) {
    return `${look.place("pyproject.toml")} tool.${places.table}`;
  }
  if (places.section === undefined) return undefined;
  if (setupCfg.has(places.section)) return `${look.place("setup.cfg")} [${places.section}]`;
  return tox.has(places.section) ? `${look.place("tox.ini")} [${places.section}]` : undefined;
}

const RUFF = ["ruff.toml", ".ruff.toml"];

function formatOf(project: Project, calls: readonly ToolCall[]): Wanted | undefined {
  const judges = (values: readonly string[]) =>
    values.includes("--check") || values.includes("--diff");
  const ruff = called(
    calls,
    ({ tool }, values) => tool === "ruff" && values[0] === "format" && judges(values),
  );
  if (ruff !== undefined) return { name: "format", tool: "ruff", ...ruff };
  const black = called(calls, ({ tool }, values) => tool === "black" && judges(values));
  if (black !== undefined) return { name: "format", tool: "black", ...black };
  if (at(project.pyproject, "tool", "ruff", "format") !== undefined) {
    const because = `${project.look.place("pyproject.toml")} tool.ruff.format`;
    return { name: "format", tool: "ruff", arguments: "format --check .", because };
  }
  const because = configured(project, { table: "black" }) ?? pin(project, "black");
  return because === undefined
    ? undefined
    : { name: "format", tool: "black", arguments: "--check .", because };
}

function lintOf(project: Project, calls: readonly ToolCall[]): Wanted | undefined {
  const ruff = called(
    calls,
    ({ tool }, values) => tool === "ruff" && values[0] === "check" && !values.includes("--fix"),
  );
  if (ruff !== undefined) return { name: "lint", tool: "ruff", ...ruff };
  const other = ["flake8", "pylint"].flatMap((name) => {
    const found = called(calls, ({ tool }) => tool === name);
    return found === undefined ? [] : [{ name: "lint" as const, tool: name, ...found }];
  })[0];
  if (other !== undefined) return other;
  const seen = configured(project, { table: "ruff", files: RUFF }) ?? pin(project, "ruff");
  if (seen !== undefined)
    return { name: "lint", tool: "ruff", arguments: "check .", because: seen };
  const because = configured(project, { files: [".flake8"], section: "flake8" });
  return because === undefined
    ? undefined
    : { name: "lint", tool: "flake8", arguments: ".", because };
}

function pin({ look, pinned }: Project, tool: string): string | undefined {
  return pinned.has(tool) ? `${look.place(".pre-commit-config.yaml")} pins ${tool}` : undefined;
}

function typesOf(project: Project, calls: readonly ToolCall[]): Wanted | undefined {
  const mypy = called(calls, ({ tool }) => tool === "mypy");
  if (mypy !== undefined) return { name: "types", tool: "mypy", ...mypy };
  const because = configured(project, {
    table: "mypy",
    files: ["mypy.ini", ".mypy.ini"],
    section: "mypy",
  });
  if (because === undefined) {
    const pyright = configured(project, { table: "pyright", files: ["pyrightconfig.json"] });
    if (pyright !== undefined) {
      project.look.note(
        `${pyright} is there; pyright fetches itself when it runs, so that no type check is proposed`,
      );
    }
    return undefined;
  }
  const names = ["files", "packages", "modules"];
  const own =
    names.some((name) => at(project.pyproject, "tool", "mypy", name) !== undefined) ||
    names.some((name) => project.setupCfg.get("mypy")?.has(name) === true);
  return { name: "types", tool: "mypy", arguments: own ? "" : ".", because };
}

function testOf(project: Project, calls: readonly ToolCall[]): Wanted | undefined {
  const { look } = project;
  const report = `${REPORTS}/test.xml`;
  const behind = `--junitxml=${report}`;
  const pytest = called(calls, ({ tool }) => /^(?:pytest|py\.test)$/.test(tool));
  if (pytest !== undefined) {
    return {
      name: "test",
      tool: "pytest",
      arguments: `${pytest.arguments} ${behind}`.trim(),
      report,
      because: pytest.because,
    };
  }
  const because =
    configured(project, {
      files: ["pytest.ini", ".pytest.ini"],
      table: "pytest",
      section: "tool:pytest",
    }) ??
    configured(project, { section: "pytest" }) ??
    pytestSigns(project);
  if (because !== undefined)
    return { name: "test", tool: "pytest", arguments: behind, report, because };
  if (look.has("manage.py")) {
    look.note("the tests run by Django's own runner, without a report of single tests");
    return {
      name: "test",
      tool: undefined,
      arguments: "python3 manage.py test",
      because: look.place("manage.py"),
    };
  }
  const unittest = calls.find(({ tool }) => tool === "unittest")?.workflow;
  const file = look.files.find((path) => /(?:^|\/)test[^/]*\.py$/.test(path));
  if (unittest === undefined && file === undefined) {
    look.note(
      `${look.folder === "" ? "the repository" : look.folder} has no file test*.py; no test check is proposed`,
    );
    return undefined;
  }
  return {
    name: "test",
    tool: "pytest",
    // unittest's own pattern, which is wider than pytest's.
    arguments: `-o python_files='test*.py' ${behind}`,
    report,
    because: unittest === undefined ? look.place(file ?? "") : `${unittest} runs unittest`,
    caution: "unittest's tests run by pytest, which writes a report of single tests",
  };
}

function pytestSigns({ look, required }: Project): string | undefined {
  const conftest = look.files.find((path) => /(?:^|\/)conftest\.py$/.test(path));
  if (conftest !== undefined) return look.place(conftest);
  return required.has("pytest") ? "the requirement pytest" : undefined;
}

function notePython({ look, pyproject, setupCfg, tox }: Project): void {
  const wanted =
    textAt(pyproject, "project", "requires-python") ??
    textAt(pyproject, "tool", "poetry", "dependencies", "python") ??
    setupCfg.get("options")?.get("python_requires");
  const pinned = look.text(".python-version")?.trim().split("\n")[0];
  const asked = [
    ...(wanted === undefined ? [] : [`requires-python is ${wanted}`]),
    ...(pinned === undefined ? [] : [`.python-version names ${pinned}`]),
  ];
  if (asked.length > 0) look.note(`${asked.join("; ")}: the first python3 on PATH is used`);
  if (tox.has("tox") || tox.has("testenv") || look.has("noxfile.py")) {
    look.note(
      "tox and nox make environments from the network with each run, so that the tools are called without them",
    );
  }
}
