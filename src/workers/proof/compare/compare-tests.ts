import { containerOf } from "../../../domain/evidence/failure-comparison.ts";
import { talliesOf, totalOf } from "../../../domain/evidence/tally.ts";
import type { CheckRun, Subject, Tally, TestComparison } from "../../../domain/evidence.ts";
import { unstableNames } from "./unstable-names.ts";
import { fileOf, mayStandInTestFile } from "./where-tests-stand.ts";

/** The three runs of the `test` check. Without changed test files the second is the first. */
export interface TestRuns {
  readonly base: CheckRun;
  readonly baseWithChangedTests: CheckRun;
  readonly change: CheckRun;
}

/** What one run says of its tests. */
interface Told {
  readonly names: readonly string[];
  readonly of: (name: string) => Tally;
}

/**
 * What the runs prove, per test where the change has a readable report. A base that failed without one (it does not
 * even load the new tests) proves that nothing passed there; a base that passed without one leaves only exit codes.
 */
export function compareTests(
  runs: TestRuns,
  subject: Subject,
  /** Whether the change writes a test of the base anew: then its old result says nothing where the new one does not build. */
  isAnew: (name: string) => boolean = () => false,
  /** Whether a test that its report places in a source file was put on the base with the changed test files all the same. */
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

/** The whole command as if it were one test. */
function tellExit(run: CheckRun): Told {
  const status = run.status === "passed" ? "passed" : "failed";
  return tellTests({ ...run, tests: [{ name: exitName(run), status }] });
}

/** How a run is called of which only the exit code speaks. */
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
  /** Whether a test of which the run with the changed tests says nothing could not run there for its file's sake. */
  readonly couldNotRun: (name: string) => boolean;
  /** Whether what holds a test fails as a whole on the change: then the test is not gone. */
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

/** A name may stand for several tests: then nothing may have become worse in numbers, and no failure may hide another. */
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
 * A test proves something when it was seen failing without the change: in the run with the changed tests, or because its
 * file did not load there. With the changed tests a file may not load that did: then what the base's own version of the
 * test said counts, so that an old test in a changed file is no proof of anything new, unless the change writes that very
 * test anew. Of several tests of one name more
 * have to pass than did: one that failed may have been taken away.
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
 * Whether the file of a test did not load in the run with the changed tests. It did not when that run failed and told of no
 * test at all, when what failed holds the test (`a.test.ts > (outside of any test)`), or when no test of its file told
 * anything. Only a test that can stand in a test file counts: one beside the source it tests was never put on the base.
 */
function couldNotRun(
  run: CheckRun,
  isBrought: (name: string) => boolean,
): (name: string) => boolean {
  // One that was never started, because time was up, showed nothing.
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

/** `a > b > c` is held by `a` and by `a > b`. */
function holdersOf(name: string): readonly string[] {
  const parts = name.split(" > ");
  return parts.slice(1).map((_part, depth) => parts.slice(0, depth + 1).join(" > "));
}
