import type { CheckRun, Tally, TestResult } from "../evidence.ts";

const NONE: Tally = { passed: 0, failed: 0, skipped: 0 };

/** What a name stands for in a run: one result, or several that cannot be distinguished. */
export function tallyOf(test: TestResult | undefined): Tally {
  if (test === undefined) return NONE;
  return test.several ?? { ...NONE, [test.status]: 1 };
}

export function talliesOf(run: CheckRun): (name: string) => Tally {
  const tests = new Map((run.tests ?? []).map((test) => [test.name, test]));
  return (name) => tallyOf(tests.get(name));
}

export function totalOf({ passed, failed, skipped }: Tally): number {
  return passed + failed + skipped;
}

/**
 * Whether unchanged counts may hide a test that got worse: one of a name passed before and one fails now, and they may
 * be the same. Never for a name of one test, whose outcomes are clear.
 */
export function mayHideRegression(before: Tally, now: Tally): boolean {
  const several = totalOf(before) > 1 || totalOf(now) > 1;
  return several && before.passed > 0 && now.failed > 0;
}
