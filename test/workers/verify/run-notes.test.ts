import { expect, test } from "vitest";
import type { CheckRun, Evidence } from "../../../src/domain/evidence.ts";
import { withWeight } from "../../../src/workers/verify/run-notes.ts";
import { comparisonOf, failed, passed, runOf, skipped } from "./runs.ts";

const ON_BASE = runOf({
  on: "base",
  status: "failed",
  exitCode: 1,
  tests: [failed("t"), passed("u")],
});
const GONE = "1 test (t) failed on the base and did not run now";

test.each<[string, CheckRun, readonly Evidence[], string | undefined]>([
  ["that passed, and nothing is known of the base", runOf({ tests: [passed("t")] }), [], undefined],
  ["that passed all", runOf({ tests: [passed("t"), passed("u")] }), [ON_BASE], undefined],
  [
    "that passed without a test that failed before",
    runOf({ tests: [passed("u")] }),
    [ON_BASE],
    GONE,
  ],
  [
    "that passed and skips a test that failed before",
    runOf({ tests: [skipped("t"), passed("u")] }),
    [ON_BASE],
    GONE,
  ],
  ["that names no tests", runOf(), [ON_BASE], undefined],
  [
    "of another check",
    runOf({ name: "lint", command: "npm run lint", tests: [passed("u")] }),
    [ON_BASE],
    undefined,
  ],
  [
    "where other evidence comes first",
    runOf({ tests: [passed("u")] }),
    [comparisonOf(), runOf({ tests: [failed("t")] }), { ...ON_BASE, name: "lint" }, ON_BASE],
    GONE,
  ],
  [
    "that timed out",
    runOf({ status: "timed-out", exitCode: null, tests: [passed("u")] }),
    [ON_BASE],
    undefined,
  ],
  [
    "that failed, and nobody ran it on the base",
    runOf({ status: "failed", exitCode: 1, tests: [failed("t")] }),
    [],
    "nobody ran it on the base",
  ],
  [
    "that failed by the same test as the base",
    runOf({ status: "failed", exitCode: 1, tests: [failed("t"), passed("u")] }),
    [ON_BASE],
    "1 test (t) fails on the base too, and nothing else",
  ],
])("a run %s", (_what, run, facts, note) => {
  expect(withWeight(run, facts)).toEqual(note === undefined ? run : { ...run, note });
});

test("a note comes after the one that a run has, and both have 500 characters", () => {
  const run = (note: string) => runOf({ tests: [passed("u")], note });
  expect(withWeight(run("no report"), [ON_BASE]).note).toBe(`no report; ${GONE}`);
  expect(withWeight(run("x".repeat(499)), [ON_BASE]).note).toBe(`${"x".repeat(499)}…`);
});
