import type { CheckRun, TestComparison, TestResult } from "../../../src/domain/evidence.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };

/** A run of the tests on the change that passed. */
export function runOf(more: Partial<CheckRun> = {}): CheckRun {
  return {
    ...{ kind: "check", name: "test", on: "change", command: "npm test", status: "passed" },
    ...{ subject: SUBJECT, exitCode: 0, durationMs: 10, tail: "", outputBytes: 0 },
    ...more,
  };
}

export function comparisonOf(more: Partial<TestComparison> = {}): TestComparison {
  return {
    ...{ kind: "test-comparison", subject: SUBJECT, source: "per-test" },
    ...{ failToPass: [], passToPass: [], passToFail: [] },
    ...more,
  } as TestComparison;
}

export const passed = (name: string): TestResult => ({ name, status: "passed" });
export const failed = (name: string): TestResult => ({ name, status: "failed" });
export const skipped = (name: string): TestResult => ({ name, status: "skipped" });
