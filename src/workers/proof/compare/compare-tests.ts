import { containerOf } from "../../../domain/evidence/failure-comparison.ts";
import { talliesOf, totalOf } from "../../../domain/evidence/tally.ts";
import type { CheckRun, Subject, Tally, TestComparison } from "../../../domain/evidence.ts";
import { unstableNames } from "./unstable-names.ts";
import { fileOf, mayStandInTestFile } from "./where-tests-stand.ts";

/** The three runs of the `test` check. Without changed test files the second equals the first. */
export interface TestRuns {
  readonly base: CheckRun;
  readonly baseWithChangedTests: CheckRun;
  readonly change: CheckRun;
}

/** The tests of one run. */
interface Told {
  readonly names: readonly string[];
  readonly of: (name: string) => Tally;
}

/**
 * The proof of the runs, per test if the change has a readable report. If the base failed without one (it does not even
 * load the new tests), nothing passed there. If it passed without one, only exit codes remain.
 */
export function compareTests(
  runs: TestRuns,
  subject: Subject,
  /** Whether the change rewrites a test of the base. Its old result then says nothing if the new one does not build. */
  isAnew: (name: string) => boolean = () => false,
  /** Whether a test that its report places in a source file was still put on the base with the changed test files. */
  isBrought: (name: string) => boolean = () => false,
): TestComparison {
  const { base, baseWithChangedTests: withTests, change } = runs;
  const perTest =
    change.tests !== undefined &&
    [base, withTests].every((run) => run.tests !== undefined || run.exitCode !== 0);
  const told = perTest ? tellTests : tellExit;
  const tellings = { base: told(base), withTests: told(withTests), change: told(change) };
  const unstable = unstableNames({
    base: tellings.base.names,
    withTests: tellings.withTests.names,
    change: tellings.change.names,
  });
  const sorted = sortOut({
    ...tellings,
    unstable,
    couldNotRun: couldNotRun(withTests, isBrought),
    doesNotLoad: doesNotLoad(change),
    isAnew,
  });
  const { new: fresh, newFailing, gone, ...always } = sorted;
  return {
    kind: "test-comparison",
    subject,
    source: perTest ? "per-test" : "exit-code",
    ...always,
    ...(fresh.length === 0 ? {} : { new: fresh }),
    ...(newFailing.length === 0 ? {} : { newFailing }),
    ...(gone.length === 0 ? {} : { gone }),
    ...(unstable.size === 0 ? {} : { unstable: [...unstable].sort() }),
  };
}

function tellTests(run: CheckRun): Told {
  return { names: (run.tests ?? []).map(({ name }) => name), of: talliesOf(run) };
}

/** The whole command as one test. */
function tellExit(run: CheckRun): Told {
  const status = run.status === "passed" ? "passed" : "failed";
  return tellTests({ ...run, tests: [{ name: exitName(run), status }] });
}

/** Name of a run with an exit code only. */
export function exitName(run: CheckRun): string {
  return `${run.command.slice(0, 400)} (exit code only)`;
}

type Outcome =
  | "failToPass"
  | "new"
  | "passToPass"
  | "passToFail"
  | "failToFail"
  | "newFailing"
  | "gone";

interface Runs {
  readonly base: Told;
  readonly withTests: Told;
  readonly change: Told;
  /** Whether a test that is missing in the run with the changed tests could not run there because of its file. */
  readonly couldNotRun: (name: string) => boolean;
  /** Whether the container of a test fails as a whole on the change, so that the test is not gone. */
  readonly doesNotLoad: (name: string) => boolean;
  readonly unstable: ReadonlySet<string>;
  readonly isAnew: (name: string) => boolean;
}

function sortOut(runs: Runs): Readonly<Record<Outcome, string[]>> {
  const { base, withTests, change } = runs;
  const sorted: Record<Outcome, string[]> = {
    failToPass: [],
    new: [],
    passToPass: [],
    passToFail: [],
    failToFail: [],
    newFailing: [],
    gone: [],
  };
  for (const name of new Set([...base.names, ...withTests.names, ...change.names])) {
    const outcome = outcomeOf(name, runs);
    if (outcome !== undefined) sorted[outcome].push(name);
  }
  for (const names of Object.values(sorted)) names.sort();
  return sorted;
}

/** A name may stand for several tests. Then no count may have got worse, and no failure may hide another. */
function outcomeOf(name: string, runs: Runs): Outcome | undefined {
  const [base, withTests, now] = [
    runs.base.of(name),
    runs.withTests.of(name),
    runs.change.of(name),
  ];
  if (now.failed > 0) return outcomeOfFailed({ base, withTests, now });
  if (runs.unstable.has(name)) return undefined;
  if (now.passed < Math.max(base.passed, withTests.passed)) {
    const isGone = base.passed > 0 && totalOf(now) < totalOf(base) && !runs.doesNotLoad(name);
    return isGone ? "gone" : "passToFail";
  }
  return now.passed === 0 ? undefined : outcomeOfPassed(name, runs);
}

function outcomeOfFailed(told: {
  readonly base: Tally;
  readonly withTests: Tally;
  readonly now: Tally;
}): Outcome {
  const { base, withTests, now } = told;
  if (base.passed + withTests.passed > 0) return "passToFail";
  if (now.failed <= base.failed) return "failToFail";
  return totalOf(base) === 0 ? "newFailing" : "passToFail";
}

/**
 * A test proves something if it was seen failing without the change: in the run with the changed tests, or because its
 * file did not load there. A file may load on the base, but not with the changed tests. Then the result of the base's
 * own version counts, so that an old test in a changed file proves nothing new, unless the change rewrites that very
 * test. Of several tests of one name more have to pass than before, because a failed one may have been removed.
 */
function outcomeOfPassed(name: string, runs: Runs): Outcome {
  const { base, withTests, change, couldNotRun } = runs;
  const said = withTests.of(name);
  if (totalOf(said) === 0 && couldNotRun(name) && runs.isAnew(name)) return "failToPass";
  const earlier = said.passed + said.failed > 0 ? said : base.of(name);
  if (earlier.failed > 0 && change.of(name).passed > earlier.passed) return "failToPass";
  if (earlier.passed > 0) return "passToPass";
  return totalOf(said) === 0 && couldNotRun(name) ? "failToPass" : "new";
}

/**
 * Whether the file of a test did not load in the run with the changed tests:
 * - the run failed and listed no test at all
 * - or a failure holds the test (`a.test.ts > (outside of any test)`)
 * - or no test of its file has a result
 * Only tests that can be in a test file count; one beside its source was never put on the base.
 */
function couldNotRun(
  run: CheckRun,
  isBrought: (name: string) => boolean,
): (name: string) => boolean {
  // A run that never started, because time was up, shows nothing.
  if (run.status === "passed" || run.durationMs === 0) return () => false;
  const tests = run.tests ?? [];
  const ran = tests.filter(
    ({ name, status }) => status !== "skipped" && containerOf(name) === name,
  );
  const filesThatRan = new Set(ran.map(({ name }) => fileOf(name)));
  const failed = tests.filter(({ status }) => status === "failed");
  const holders = new Set(failed.map(({ name }) => containerOf(name)));
  return (name) => {
    if (!mayStandInTestFile(name) && !isBrought(name)) return false;
    if (tests.length === 0 || holdersOf(name).some((holder) => holders.has(holder))) return true;
    const file = fileOf(name);
    return file !== undefined && failed.length > 0 && !filesThatRan.has(file);
  };
}

function doesNotLoad(run: CheckRun): (name: string) => boolean {
  const failed = (run.tests ?? []).filter(({ status }) => status === "failed");
  const holders = new Set(failed.map(({ name }) => containerOf(name)));
  return (name) => holdersOf(name).some((holder) => holders.has(holder));
}

/** `a > b > c` is inside `a` and `a > b`. */
function holdersOf(name: string): readonly string[] {
  const parts = name.split(" > ");
  return parts.slice(1).map((_part, depth) => parts.slice(0, depth + 1).join(" > "));
}
