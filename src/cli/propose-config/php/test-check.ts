import { copied } from "../calls.ts";
import { type ProposedCheck, REPORTS, SETUP_SECONDS } from "../proposal.ts";
import { quote } from "../shell-text.ts";
import type { PhpProject } from "./project.ts";

const REPORT = `${REPORTS}/test.xml`;
const CONFIGURED = ["phpunit.xml", "phpunit.xml.dist", "phpunit.dist.xml"];
/** A program of PHP's own archive format that a repository holds. */
const ARCHIVES = ["tools/phpunit.phar", "tools/phpunit", "phpunit.phar"];
/** What a check says itself, and what only CI needs. */
const FOR_CI =
  /^(?:--coverage-.*|--coverage|--log-.*|--colors(?:=.*)?|--testdox|--do-not-cache-result|--ci|--min=.*)$/;
/** Another process, and another report, for each part of the tests. */
const APART = /^(?:--parallel|--shard.*)$/;

/** The test check: Pest or PHPUnit where the project requires it, else the PHPUnit that it configures for the machine's. */
export function phpTests(project: PhpProject): readonly ProposedCheck[] {
  const { look, calls } = project;
  const runner = runnerOf(project);
  if (runner === undefined) {
    look.note(
      `${project.because} requires neither PHPUnit nor Pest, and no phpunit.xml is there; no test check is proposed`,
      { unless: "test" },
    );
    return [];
  }
  const call = copied(calls, { tool: runner.tool, drop: FOR_CI, unless: APART });
  const file = CONFIGURED.find((path) => look.has(path));
  const folder = look.files.some((path) => path.startsWith("tests/")) ? " tests" : "";
  const flags = call?.flags ?? (file === undefined && runner.needsFolder ? folder : "");
  const run = (rest: string) =>
    `${runner.program} --do-not-cache-result --log-junit ${REPORT}${flags}${rest}`;
  return [
    {
      name: "test",
      run: run(""),
      report: REPORT,
      only: { run: run(' --filter "$1"'), by: "pattern" },
      timeoutSeconds: SETUP_SECONDS,
      because: call?.because ?? (file === undefined ? project.because : look.place(file)),
    },
  ];
}

interface Runner {
  readonly program: string;
  readonly tool: RegExp;
  /** Whether it runs nothing unless told where, when no file configures it. */
  readonly needsFolder: boolean;
}

function runnerOf({ look, packages, programs }: PhpProject): Runner | undefined {
  if (packages.has("pestphp/pest")) {
    return { program: quote(`${programs}/pest`), tool: /^pest$/, needsFolder: false };
  }
  const phpunit = { tool: /^phpunit(?:\.phar)?$/, needsFolder: true } as const;
  if (packages.has("phpunit/phpunit")) {
    return { program: quote(`${programs}/phpunit`), ...phpunit };
  }
  const archive = ARCHIVES.find((path) => look.has(path));
  if (archive !== undefined) return { program: `php ${archive}`, ...phpunit };
  return CONFIGURED.some((path) => look.has(path)) ? { program: "phpunit", ...phpunit } : undefined;
}
