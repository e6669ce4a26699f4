import { expect, test } from "vitest";
import { Condition, holds, measureOf } from "../../../src/domain/loop/condition.ts";

test.each([
  ["outdated = 0", { outdated: 0 }, true],
  ["outdated = 0", { outdated: 1 }, false],
  ["size < 10.5", { size: 10.4 }, true],
  ["size <= 10", { size: 10 }, true],
  ["coverage >= 80", { coverage: 79.9 }, false],
  ["delta > -2", { delta: -1 }, true],
  ["outdated = 0", {}, undefined],
  ["constructor = 0", {}, undefined],
])("%s of %j", (condition, measures, expected) => {
  expect(holds(Condition.parse(condition), measures)).toBe(expected);
});

test.each([
  "outdated",
  "outdated == 0",
  "outdated = none",
  "Outdated = 0",
  "a = 0; b = 0",
  "0 = a",
])("%s is no condition", (text) => {
  expect(Condition.safeParse(text).success).toBe(false);
});

test("the measure that it asks about", () => {
  expect(measureOf("outdated = 0")).toBe("outdated");
});
