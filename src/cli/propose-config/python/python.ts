import { inFolder } from "../in-folder.ts";
import type { Look } from "../look.ts";
import { below, forEachPackage } from "../packages/packages.ts";
import { uvPackages } from "../packages/uv-packages.ts";
import { textAt } from "../parsed.ts";
import type { ProposedCheck } from "../proposal.ts";
import { toolCalls } from "./ci.ts";
import { chooseInstaller } from "./installer.ts";
import { formatOf, lintOf, typesOf } from "./lint-checks.ts";
import { type Project, readProject } from "./project.ts";
import { testOf } from "./test-check.ts";
import { toxCalls } from "./tox.ts";

/** The checks of a Python project, from its manifests, its tools' configurations and what CI runs. */
export function proposePython(look: Look): readonly ProposedCheck[] {
  const project = readProject(look);
  const calls = toolCalls(look);
  const tests = calls.find(({ tool }) => /^(?:pytest|py\.test|unittest|tox|nox)$/.test(tool));
  // The command of tox is the owner's, if CI calls tox or nothing.
  const all = [...calls, ...toxCalls(project.tox, look.place("tox.ini"))];
  const wanted = [
    formatOf(project, all),
    lintOf(project, all),
    typesOf(project, all),
    // pytest's options may need plug-ins of one environment alone.
    testOf(project, calls),
  ].filter((check) => check !== undefined);
  notePython(project);
  if (wanted.length === 0) return [];
  const tools = [...new Set(wanted.flatMap(({ tool }) => tool ?? []))];
  const beside = wanted.flatMap((check) => check.beside ?? []);
  const installer = chooseInstaller({ project, tools, beside, calls, tests });
  const checks = wanted.map(
    ({ tool, arguments: words, only, beside: _installed, ...check }): ProposedCheck => {
      const called = (behind: string) =>
        (tool === undefined
          ? behind.replace(/^python3/, installer.run.replace(/ -m$/, ""))
          : `${installer.run} ${tool} ${behind}`
        ).trim();
      return {
        ...check,
        run: called(words),
        ...(only === undefined ? {} : { only: { run: called(only), by: "files" } }),
      };
    },
  );
  const told = tests === undefined ? checks.flatMap((check) => ofMembers(project, check)) : checks;
  return [installer.setup, ...told];
}

/** Where CI does not say how all of it is tested: the tests of each member of a uv workspace, about what it needs alone. */
function ofMembers({ look, pyproject }: Project, check: ProposedCheck): readonly ProposedCheck[] {
  if (check.name !== "test") return [check];
  const hasTests = (path: string) => /(?:^|\/)(?:test[^/]*|[^/]*_test)\.py$/.test(path);
  const members = uvPackages(look, pyproject);
  // Tests beside the members would be left out.
  const isOutside = (path: string) => !members.some(({ folder }) => path.startsWith(`${folder}/`));
  if (look.files.some((path) => hasTests(path) && isOutside(path))) return [check];
  const each = forEachPackage(members, ({ folder }) =>
    below(look, folder).files.some(hasTests) ? inFolder(check, folder) : undefined,
  );
  return each ?? [check];
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
