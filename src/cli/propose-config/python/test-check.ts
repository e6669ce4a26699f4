import { REPORTS } from "../proposal.ts";
import { readLoosely, writeCommand } from "../shell-text.ts";
import type { ToolCall } from "./ci.ts";
import type { Project } from "./project.ts";
import { called, configured, type Wanted } from "./wanted.ts";

const REPORT = `${REPORTS}/test.xml`;

/** The test check: pytest where CI, the configuration or the requirements name it, else what there is. */
export function testOf(project: Project, calls: readonly ToolCall[]): Wanted | undefined {
  const { look } = project;
  const report = REPORT;
  const behind = `--junitxml=${report}`;
  const pytest = called(calls, ({ tool }) => /^(?:pytest|py\.test)$/.test(tool));
  if (pytest !== undefined) {
    const options = withoutPaths(pytest.arguments, look);
    return {
      name: "test",
      tool: "pytest",
      arguments: `${pytest.arguments} ${behind}`.trim(),
      report,
      only: `${options} ${behind} "$@"`.trim(),
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
    return {
      name: "test",
      tool: "pytest",
      arguments: behind,
      report,
      only: `${behind} "$@"`,
      because,
    };
  if (look.has("manage.py")) {
    look.note("the tests run by Django's own runner, without a report of single tests");
    return {
      name: "test",
      tool: undefined,
      arguments: "python3 manage.py test",
      because: look.place("manage.py"),
    };
  }
  return unittestOf(look, calls);
}

/** CI's own paths would run beside the selected ones. A word after an option may be its value, and is kept. */
function withoutPaths(arguments_: string, look: Project["look"]): string {
  const words = readLoosely(arguments_)[0] ?? [];
  const isPath = (word: string) => {
    const path = word.replace(/\/+$/, "");
    return look.has(path) || look.files.some((file) => file.startsWith(`${path}/`));
  };
  return writeCommand(
    words.filter(
      ({ value }, index) => !isPath(value) || (words[index - 1]?.value.startsWith("-") ?? false),
    ),
  );
}

/** unittest's own tests, run by pytest for the sake of a report. */
function unittestOf(look: Project["look"], calls: readonly ToolCall[]): Wanted | undefined {
  const unittest = calls.find(({ tool }) => tool === "unittest")?.workflow;
  const file = look.files.find((path) => /(?:^|\/)test[^/]*\.py$/.test(path));
  if (unittest === undefined && file === undefined) {
    look.note(
      `${look.folder === "" ? "the repository" : look.folder} has no file test*.py; no test check is proposed`,
      { unless: "test" },
    );
    return undefined;
  }
  // unittest's own pattern, which is wider than pytest's.
  const words = `-o python_files='test*.py' --junitxml=${REPORT}`;
  return {
    name: "test",
    tool: "pytest",
    arguments: words,
    report: REPORT,
    only: `${words} "$@"`,
    because: unittest === undefined ? look.place(file ?? "") : `${unittest} runs unittest`,
    caution: "unittest's tests run by pytest, which writes a report of single tests",
  };
}

function pytestSigns({ look, required }: Project): string | undefined {
  const conftest = look.files.find((path) => /(?:^|\/)conftest\.py$/.test(path));
  if (conftest !== undefined) return look.place(conftest);
  return required.has("pytest") ? "the requirement pytest" : undefined;
}
