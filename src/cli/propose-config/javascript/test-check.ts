import type { Look } from "../look.ts";
import { type ProposedCheck, type ProposedReport, REPORTS } from "../proposal.ts";
import { type Command, quote, writeCommand } from "../shell-text.ts";
import type { PackageManager } from "./managers.ts";
import { kindOf, needsBrowser } from "./programs.ts";
import { type Alone, type Reporting, reportingOf } from "./runners.ts";

/** A script, or with an empty name a command that stands in none. */
export interface TestScript {
  readonly name: string;
  readonly text: string;
  readonly parts: readonly Command[] | undefined;
  readonly isTakenApart?: true;
  /** The script that the package manager runs before it, which the runner alone would go without. */
  readonly preScript?: string | undefined;
}

interface Place {
  readonly look: Look;
  readonly manager: PackageManager;
}

/** Nothing watches for changes where CI is set; vitest, react-scripts and kin ask for it. */
const ONE_SHOT = "CI=1 ";

/**
 * Runs the tests, through the script where arguments behind it reach the runner, else the runner itself, and with the
 * runner's own reporter where it is known.
 */
export function checkOfTests(place: Place, whole: TestScript, because: string): ProposedCheck {
  const script = withoutBrowsers(place.look, whole);
  const parts = script.parts ?? [];
  const runners = parts.flatMap((command, index) => {
    const reporting = reportingOf(command);
    return reporting === undefined ? [] : [{ index, command, reporting }];
  });
  // vitest runs tests of types alone, too, which have a check of their own.
  const found =
    runners.length > 1 ? runners.filter(({ command }) => !isOtherCheck(command)) : runners;
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    return asItStands(place, script, { because, why: whyWhole(script, found.length) });
  }
  const { reporting, command, index } = only;
  if (reporting.how === "none") return asItStands(place, script, { because, why: reporting.why });
  const kept = parts.filter((part, position) => position === index || !isOtherCheck(part));
  const isLast = index === parts.length - 1;
  if (
    script.name !== "" &&
    script.isTakenApart !== true &&
    kept.length === parts.length &&
    reporting.how === "append" &&
    (isLast || reporting.arguments === "")
  ) {
    return throughScript(place, script, { reporting, because });
  }
  const first =
    script.preScript === undefined ? [] : [`${place.manager.run} ${quote(script.preScript)}`];
  const line = (text: string) => {
    const own = kept.map((part) =>
      part === command ? callable(place, command, text) : inPackage(place, part),
    );
    return prepared([...first, ...own].join(" && "), reporting.report);
  };
  const text = textOf(command, reporting);
  const { alone } = reporting;
  return {
    name: "test",
    run: line(text),
    report: reporting.report,
    ...onlyOf(alone, (words) => line(`${alone?.command ?? text} ${words}`)),
    because: kept.length === parts.length ? because : `${because}, without its other checks`,
  };
}

/** `mocha && karma start` tells of mocha's tests: where there is no browser, the whole fails at what comes after them. */
function withoutBrowsers(look: Look, script: TestScript): TestScript {
  const parts = script.parts ?? [];
  const kept = parts.filter((part) => !needsBrowser(part));
  const tells = kept.some((part) => (reportingOf(part)?.how ?? "none") !== "none");
  if (kept.length === parts.length || !tells) return script;
  const left = parts.filter(needsBrowser).map(writeCommand);
  look.note(
    `${left.join(", ")} needs a browser, which the sandbox has not: the test check leaves it out`,
  );
  return { ...script, parts: kept, isTakenApart: true };
}

function whyWhole(script: TestScript, runners: number): string {
  if (script.parts === undefined) return "it is more than simple commands";
  return runners === 0 ? "no test runner was recognized in it" : "it runs several test runners";
}

function throughScript(
  { manager }: Place,
  script: TestScript,
  how: { readonly reporting: Reporting & { how: "append" }; readonly because: string },
): ProposedCheck {
  const { arguments: added, report, alone } = how.reporting;
  // A report that stands in the output must not be mixed with the package manager's headline.
  const call =
    typeof report === "string" || report.files !== undefined ? manager.run : manager.quietRun;
  const behind = added === "" ? "" : `${manager.separator}${added}`;
  return {
    name: "test",
    run: prepared(`${call} ${quote(script.name)}${behind}`, report),
    report,
    ...onlyOf(alone, (words) =>
      prepared(`${call} ${quote(script.name)}${behind || manager.separator} ${words}`, report),
    ),
    because: how.because,
  };
}

function asItStands(
  { look, manager }: Place,
  script: TestScript,
  how: { readonly because: string; readonly why: string },
): ProposedCheck {
  look.note(
    `the tests run without a report of single tests, because ${how.why}; name one with checks.test.report to have them compared one by one`,
  );
  const run =
    script.name === ""
      ? `${manager.execute} ${script.text}`
      : `${manager.run} ${quote(script.name)}`;
  return { name: "test", run: `${ONE_SHOT}${run}`, because: how.because };
}

/** The runner's own command with its reporter. */
function textOf(command: Command, reporting: Exclude<Reporting, { how: "none" }>): string {
  return reporting.how === "rewrite"
    ? reporting.command
    : `${writeCommand(command)} ${reporting.arguments}`.trim();
}

function onlyOf(
  alone: Alone | undefined,
  line: (words: string) => string,
): Pick<ProposedCheck, "only"> {
  return alone === undefined ? {} : { only: { run: line(alone.words), by: alone.by } };
}

function inPackage(place: Place, part: Command): string {
  return callable(place, part, writeCommand(part));
}

const ON_PATH =
  /^(?:node|npm|pnpm|yarn|bun|npx|bunx|echo|mkdir|rm|cp|mv|cd|true|test|sh|bash|make)$/;

/** A program of a dependency is not on PATH: the package manager finds it. Assignments stay in front. */
function callable({ manager }: Place, command: Command, text: string): string {
  const first = command.findIndex(({ value }) => !/^[A-Za-z_]\w*=/.test(value));
  const program = command[Math.max(0, first)]?.value ?? "";
  if (ON_PATH.test(program)) return text;
  const assignments = command.slice(0, Math.max(0, first));
  const rest = text.slice(writeCommand(assignments).length).trimStart();
  return [...assignments.map(({ raw }) => raw), manager.execute, rest].join(" ");
}

/** Lint and kin have a check of their own; a test that stops at them tells nothing about the tests. */
export function isOtherCheck(part: Command): boolean {
  const kind = kindOf(part);
  return kind === "lint" || kind === "format" || kind === "types";
}

/** Most runners do not make the folder of their report. */
function prepared(command: string, report: ProposedReport): string {
  const file = typeof report === "string" ? report : report.files;
  return file === undefined ? command : `mkdir -p ${REPORTS} && ${command}`;
}
