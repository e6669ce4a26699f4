import { expect, test } from "vitest";
import type { Evidence } from "../../../../src/domain/evidence.ts";
import { sumUp } from "../../../../src/workers/verify/prove/sum-up.ts";

const check = (parts: object = {}) =>
  ({
    ...{ kind: "check", name: "lint", on: "change", status: "passed", exitCode: 0, durationMs: 5 },
    ...{ command: "x", tail: "", outputBytes: 0, ...parts },
  }) as unknown as Evidence;
const comparison = (parts: object = {}) =>
  ({
    ...{ kind: "test-comparison", source: "per-test" },
    ...{ failToPass: [], passToPass: [], passToFail: [], failToFail: [], ...parts },
  }) as unknown as Evidence;
const names = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`);

test("of nothing nothing is told", () => {
  expect(sumUp([])).toEqual({
    ...{ outcome: "not-measured", checks: [], tests: null, noticed: null },
    ratchet: { findings: [], more: 0 },
  });
});

test.each<readonly [string, object, object]>([
  ["on the change counts or not", {}, { counts: true }],
  [
    "that fails there counts not",
    { status: "failed", exitCode: 1 },
    { status: "failed", counts: false },
  ],
  ["elsewhere is not asked", { on: "base" }, { on: "base" }],
  [
    "with a report has so many tests",
    { tests: names(2).map((name) => ({ name, status: "passed" })) },
    { counts: true, tests: 2 },
  ],
  [
    "with a note says it, cut",
    { note: "n".repeat(501) },
    { counts: true, note: `${"n".repeat(499)}…` },
  ],
])("a check %s", (_what, parts, told) => {
  expect(sumUp([check(parts)]).checks).toEqual([
    { name: "lint", on: "change", status: "passed", durationMs: 5, ...told },
  ]);
});

test("60 checks are told, and no more", () => {
  expect(sumUp(names(61).map((name) => check({ name }))).checks).toHaveLength(60);
});

test("of each list the first 30 names, and how many it has", () => {
  const long = "x".repeat(301);
  const { tests, outcome } = sumUp([comparison({ failToPass: [long, ...names(30)], gone: ["g"] })]);
  expect(outcome).toBe("broken");
  expect(tests?.source).toBe("per-test");
  expect(tests?.lists.failToPass).toEqual({
    total: 31,
    names: [`${"x".repeat(299)}…`, ...names(29)],
  });
  expect(tests?.lists.gone).toEqual({ total: 1, names: ["g"] });
  expect(tests?.lists.flaky).toEqual({ total: 0, names: [] });
});

test.each([
  [30, 0, 30, 0],
  [31, 0, 30, 1],
  [31, 4, 30, 5],
  [1, 4, 1, 4],
])("of %i weaker tests and %i more, %i are told and %i counted", (found, beyond, told, more) => {
  const findings = names(found).map((path) => ({ path, line: 1, rule: "test-skipped" }));
  const { ratchet } = sumUp([{ kind: "ratchet", findings, more: beyond } as unknown as Evidence]);
  expect([ratchet.findings.length, ratchet.more]).toEqual([told, more]);
  expect(ratchet.findings).toEqual(findings.slice(0, 30));
});
