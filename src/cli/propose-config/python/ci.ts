import type { Look } from "../look.ts";
import { type Command, withoutAssignments } from "../shell-text.ts";

/** A Python tool that CI calls: `uv run pytest -q` is pytest with `-q`. */
export interface ToolCall {
  readonly tool: string;
  readonly arguments: Command;
  /** The file that calls it. */
  readonly workflow: string;
  readonly job: string;
  /** What its environment holds beside the tool, as pip writes requirements. */
  readonly beside?: readonly string[];
}

const RUNNERS = /^(?:uv|poetry|pdm|hatch|pipenv|rye)$/;
const PYTHON = /^(?:python|py)(?:3(?:\.\d+)?)?$/;

export function toolCalls(look: Look): readonly ToolCall[] {
  return look.ci.flatMap(({ words, workflow, job }) => {
    const [tool, ...rest] = behindRunners(withoutAssignments(words));
    return tool === undefined ? [] : [{ tool: tool.value, arguments: rest, workflow, job }];
  });
}

/** Without `uv run`, `python -m` and `coverage run -m`. */
export function behindRunners(words: Command): Command {
  const [first, second, third, fourth] = words.map(({ value }) => value);
  if (first === undefined) return [];
  if (RUNNERS.test(first) && second === "run") {
    const rest = words.slice(2);
    const program = rest.findIndex(({ value }) => !value.startsWith("-"));
    return program === -1 ? [] : behindRunners(rest.slice(program));
  }
  if (PYTHON.test(first) && second === "-m" && third !== undefined) {
    return behindRunners(words.slice(2));
  }
  if (first === "coverage" && second === "run" && third === "-m" && fourth !== undefined) {
    return words.slice(3);
  }
  return words;
}

/** Packages that build, publish or start something else, and are no requirement of a check. */
const NOT_NEEDED =
  /^(?:pip|setuptools|wheel|tox(?:-.*)?|nox(?:-.*)?|build|twine|hatch|pipx|uv|poetry|pdm|pre-commit|codecov|coveralls|cibuildwheel|virtualenv|check-manifest)(?:[<>=!~[].*)?$/;
const NO_MEANING = /^(?:-U|--upgrade|--user|-q|--quiet|-v|--no-cache-dir|--progress-bar=off)$/;

/**
 * What the job that runs the tests installs by pip, as arguments for pip; undefined when it installs nothing, or by
 * arguments that cannot be copied.
 */
export function installedByCi(
  calls: readonly ToolCall[],
  tests: ToolCall | undefined,
): { readonly arguments: readonly string[]; readonly workflow: string } | undefined {
  // A tool that runs the tests in its own environments gets everything else from there.
  if (tests === undefined || /^(?:tox|nox)$/.test(tests.tool)) return undefined;
  const installs = calls.filter(
    ({ tool, arguments: words, job }) =>
      /^pip3?$/.test(tool) && words[0]?.value === "install" && job === tests.job,
  );
  const words = installs
    .flatMap(({ arguments: [, ...rest] }) => rest)
    .filter(({ value }) => !NO_MEANING.test(value) && !NOT_NEEDED.test(value));
  if (words.length === 0 || words.some(({ plain, raw }) => !plain || raw.includes("://"))) {
    return undefined;
  }
  return { arguments: words.map(({ raw }) => raw), workflow: tests.workflow };
}

/** Arguments that go with a report, a terminal or a service of CI. */
const FOR_CI =
  /^(?:--cov.*|--junit.*|--output-format.*|--color.*|--durations.*|--show-.*|-v+|-q+|--verbose)$/;

/** A tool's arguments as CI writes them, without what only CI needs; undefined when they cannot be copied. */
export function copiedArguments(call: ToolCall): string | undefined {
  const kept = call.arguments.filter(({ value }) => !FOR_CI.test(value));
  return kept.every(({ plain }) => plain) ? kept.map(({ raw }) => raw).join(" ") : undefined;
}
