import { expect, test } from "vitest";
import type { CheckRun, TestResult } from "../../../src/domain/evidence.ts";
import { withinSize } from "../../../src/workers/verify/evidence-size.ts";
import { comparisonOf, failed, passed, runOf } from "./runs.ts";

const many = (count: number, failing = 0): TestResult[] =>
  Array.from({ length: count }, (_none, at) => (at < failing ? failed : passed)(`t${at}`));
const left = (count: number) => `${count} tests, compared but not listed here`;
const onlyFailing = (count: number) =>
  `${count} tests, compared; only those that failed are listed here`;

test.each<[string, Partial<CheckRun>]>([
  ["on the change, however long", { on: "change", tests: many(5_001) }],
  ["on the base, up to the limit", { on: "base", tests: many(5_000) }],
  [
    "with the changed tests, up to the limit",
    { on: "base-with-changed-tests", tests: many(5_000) },
  ],
  ["that names no tests", { on: "base" }],
])("a run %s stays as it is", (_what, more) => {
  const run = runOf(more);
  expect(withinSize([run])).toEqual([run]);
});

test("other evidence stays as it is, in its order", () => {
  const evidence = [comparisonOf({ passToPass: ["t"] }), runOf(), comparisonOf()];
  expect(withinSize(evidence)).toEqual(evidence);
});

test.each<[string, Partial<CheckRun>, TestResult[] | undefined, string]>([
  ["of the tests keeps its failures", { tests: many(5_001, 2) }, many(2, 2), onlyFailing(5_001)],
  ["of the tests without a failure", { tests: many(5_001) }, [], onlyFailing(5_001)],
  [
    "of the tests with as many failures as fit",
    { tests: many(6_000, 5_000) },
    many(5_000, 5_000),
    onlyFailing(6_000),
  ],
  [
    "of the tests with more failures than fit",
    { tests: many(6_000, 5_001) },
    undefined,
    left(6_000),
  ],
  ["of another check", { name: "lint", tests: many(5_001, 2) }, undefined, left(5_001)],
  [
    "with the changed tests",
    { on: "base-with-changed-tests", tests: many(5_001, 2) },
    undefined,
    left(5_001),
  ],
])("a longer run on the base %s", (_what, more, tests, note) => {
  const run = runOf({ on: "base", ...more });
  const { tests: _all, ...rest } = run;
  expect(withinSize([run])).toEqual([{ ...rest, note, ...(tests === undefined ? {} : { tests }) }]);
});
