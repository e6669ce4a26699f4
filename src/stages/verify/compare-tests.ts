import type { CheckRun, Subject, TestComparison, TestStatus } from "../../domain/evidence.ts";

/** The three runs of the `test` check. Without changed test files the second is the first. */
export interface TestRuns {
  readonly base: CheckRun;
  readonly baseWithChangedTests: CheckRun;
  readonly change: CheckRun;
}

type Statuses = ReadonlyMap<string, TestStatus>;

/**
 * What the runs prove, per test where the change has a readable report. A base that failed without one (it does not
 * even load the new tests) proves that nothing passed there; a base that passed without one leaves only exit codes.
 */
export function compareTests(runs: TestRuns, subject: Subject): TestComparison {
  const change = runs.change.tests;
  const before = [runs.base, runs.baseWithChangedTests];
  const perTest =
    change !== undefined && before.every((run) => run.tests !== undefined || run.exitCode !== 0);
  const statuses = perTest ? statusesOf : exitStatusOf;
  const sorted = sortOut({
    base: statuses(runs.base),
    withTests: statuses(runs.baseWithChangedTests),
    change: statuses(runs.change),
  });
  return {
    kind: "test-comparison",
    subject,
    source: perTest ? "per-test" : "exit-code",
    ...sorted,
  };
}

function statusesOf(run: CheckRun): Statuses {
  return new Map((run.tests ?? []).map(({ name, status }) => [name, status]));
}

/** The whole command as if it were one test. */
function exitStatusOf(run: CheckRun): Statuses {
  const name = `${run.command.slice(0, 400)} (exit code only)`;
  return new Map([[name, run.status === "passed" ? "passed" : "failed"]]);
}

type Outcome = "failToPass" | "passToPass" | "passToFail" | "failToFail";

function sortOut(statuses: {
  readonly base: Statuses;
  readonly withTests: Statuses;
  readonly change: Statuses;
}): Readonly<Record<Outcome, string[]>> {
  const { base, withTests, change } = statuses;
  const sorted: Record<Outcome, string[]> = {
    failToPass: [],
    passToPass: [],
    passToFail: [],
    failToFail: [],
  };
  for (const name of new Set([...base.keys(), ...withTests.keys(), ...change.keys()])) {
    const outcome = outcomeOf({
      base: base.get(name),
      withTests: withTests.get(name),
      now: change.get(name),
    });
    if (outcome !== undefined) sorted[outcome].push(name);
  }
  for (const names of Object.values(sorted)) names.sort();
  return sorted;
}

/**
 * With the changed tests on the base a file may not even load there: then what the base's own version of the test said
 * counts, so that an old test in a changed file is no proof of anything new.
 */
function outcomeOf(test: {
  readonly base: TestStatus | undefined;
  readonly withTests: TestStatus | undefined;
  readonly now: TestStatus | undefined;
}): Outcome | undefined {
  if (test.now === "passed") {
    return (test.withTests ?? test.base) === "passed" ? "passToPass" : "failToPass";
  }
  if (test.base === "passed" || test.withTests === "passed") return "passToFail";
  if (test.now !== "failed") return undefined;
  return test.base === "failed" ? "failToFail" : "passToFail";
}
