import { expect, test } from "vitest";
import { baselineOf, figureOf, judgeGuards } from "../../../src/domain/loop/guards.ts";

const SIZE = { measure: "size", worse: "higher" as const, by: 2 };
const TESTS = { measure: "tests", worse: "lower" as const, by: 0 };

test.each([
  ["nothing is guarded", [], {}, {}, { kind: "hold" }],
  ["nothing moved", [SIZE, TESTS], { size: 1, tests: 1 }, { size: 1, tests: 1 }, { kind: "hold" }],
  ["it is worse by what may be", [SIZE], { size: 1 }, { size: 3 }, { kind: "hold" }],
  [
    "it is worse by more",
    [SIZE],
    { size: 1 },
    { size: 4 },
    { kind: "worsened", worsened: { measure: "size", from: 1, to: 4 } },
  ],
  [
    "it is better by much",
    [SIZE, TESTS],
    { size: 9, tests: 1 },
    { size: 1, tests: 9 },
    { kind: "hold" },
  ],
  [
    "less is worse",
    [TESTS],
    { tests: 2 },
    { tests: 1 },
    { kind: "worsened", worsened: { measure: "tests", from: 2, to: 1 } },
  ],
  ["it was never measured before", [SIZE], {}, { size: 9 }, { kind: "hold" }],
  ["it is measured no more", [SIZE], { size: 1 }, {}, { kind: "unknown", measure: "size" }],
  [
    "two are measured no more",
    [SIZE, TESTS],
    { size: 1, tests: 1 },
    {},
    { kind: "unknown", measure: "size" },
  ],
  [
    "one is unknown and another worse",
    [SIZE, TESTS],
    { size: 1, tests: 1 },
    { tests: 0 },
    { kind: "worsened", worsened: { measure: "tests", from: 1, to: 0 } },
  ],
])("where %s", (_what, guards, before, now, expected) => {
  expect(judgeGuards(guards, { before, now } as Parameters<typeof judgeGuards>[1])).toStrictEqual(
    expected,
  );
});

test("the figures to compare with are taken once, of what is guarded and measured", () => {
  const guards = [SIZE, TESTS, { ...SIZE, measure: "other" }];
  const figures = { before: { size: 1, lines: 5 }, now: { size: 2, tests: 3, lines: 6 } };
  expect(baselineOf({ guards }, figures)).toStrictEqual({ size: 1, tests: 3 });
});

test("a figure has a name of its own, never that of any object", () => {
  expect(figureOf({ size: 0 }, "size")).toBe(0);
  expect(figureOf({ size: 0 }, "constructor")).toBeUndefined();
});
