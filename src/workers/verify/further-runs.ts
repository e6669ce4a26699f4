import { secondsOf } from "../../domain/config/scoped-checks.ts";
import type { FurtherRun } from "../../domain/evidence/repeats.ts";
import { talliesOf, totalOf } from "../../domain/evidence/tally.ts";
import type { CheckRun } from "../../domain/evidence.ts";
import { CHECK_SECONDS } from "../checks/check.ts";
import { selectTests, type WantedTest } from "../checks/only.ts";
import type { Bench, Task } from "../checks/workbench.ts";

/** Some tests, or the whole check if none are named. */
export interface AskedAgain {
  readonly bench: Bench;
  readonly first: CheckRun;
  readonly only?: readonly WantedTest[];
}

/**
 * Runs the tests once more on the same bytes. Undefined if there is no time for it, or time was up before it ended. If a
 * run of some tests says less about them than the first run, the whole check runs.
 */
export async function runAgain(task: Task, asked: AskedAgain): Promise<CheckRun | undefined> {
  const { bench, first, only } = asked;
  const { config } = task.order;
  if (only !== undefined && selectTests(config, only) !== undefined) {
    if (task.workbench.remainingMs() <= 0) return undefined;
    const run = withinTime(task, await bench.run("test", { only }));
    if (run === undefined || tellsAsMuch(run, first, only)) return run;
  }
  if (task.workbench.remainingMs() <= first.durationMs) return undefined;
  return withinTime(task, await bench.run("test"));
}

/** A run that was killed at its own limit did not pass; one that the end of the whole run cut short is unknown. */
function withinTime(task: Task, run: CheckRun): CheckRun | undefined {
  const { test } = task.order.config.checks;
  const seconds = test === undefined ? CHECK_SECONDS : secondsOf(test, CHECK_SECONDS);
  return run.status === "timed-out" && run.durationMs < seconds * 1_000 ? undefined : run;
}

/** Otherwise a command that selects nothing would make every test look flaky. */
function tellsAsMuch(run: CheckRun, first: CheckRun, only: readonly WantedTest[]): boolean {
  const [now, before] = [talliesOf(run), talliesOf(first)];
  return only.every(({ name }) => totalOf(before(name)) === 0 || totalOf(now(name)) > 0);
}

/** Names that failed in one of two runs on the same bytes, and only passed in the other. */
export function differing(first: CheckRun, second: CheckRun): readonly string[] {
  const [before, after] = [talliesOf(first), talliesOf(second)];
  const names = new Set([...(first.tests ?? []), ...(second.tests ?? [])].map(({ name }) => name));
  return [...names].filter((name) => {
    const [one, other] = [before(name), after(name)];
    const passes = ({ failed, passed }: typeof one) => passed > 0 && failed === 0;
    return (one.failed > 0 && passes(other)) || (other.failed > 0 && passes(one));
  });
}

/** Limits of the evidence's schema. */
const MOST_FAILING = 50;
const MOST_FURTHER = 4;

/** A run with the further ones on the same bytes. */
export function besides(first: CheckRun, further: readonly CheckRun[]): CheckRun {
  if (further.length === 0) return first;
  return {
    ...first,
    again: further.slice(0, MOST_FURTHER).map((run) => briefly(run, run.command === first.command)),
  };
}

function briefly({ tests = [], ...run }: CheckRun, whole: boolean): FurtherRun {
  const { status, exitCode, durationMs } = run;
  const failing = tests.filter((test) => test.status === "failed").map(({ name }) => name);
  const more = Math.max(0, failing.length - MOST_FAILING);
  return { status, exitCode, durationMs, whole, failing: failing.slice(0, MOST_FAILING), more };
}
