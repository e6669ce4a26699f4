import { REPORTS } from "../proposal.ts";
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
  return unittestOf(look, calls);
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
  return {
    name: "test",
    tool: "pytest",
    // unittest's own pattern, which is wider than pytest's.
    arguments: `-o python_files='test*.py' --junitxml=${REPORT}`,
    report: REPORT,
    because: unittest === undefined ? look.place(file ?? "") : `${unittest} runs unittest`,
    caution: "unittest's tests run by pytest, which writes a report of single tests",
  };
}

function pytestSigns({ look, required }: Project): string | undefined {
  const conftest = look.files.find((path) => /(?:^|\/)conftest\.py$/.test(path));
  if (conftest !== undefined) return look.place(conftest);
  return required.has("pytest") ? "the requirement pytest" : undefined;
}
