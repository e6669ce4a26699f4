import { expect, test } from "vitest";
import { letterOf, MEASURE_NAMES, MEASURES, ruleOf } from "../../../src/domain/quality/measures.ts";

test.each([
  ["coverage", [85, 84.9, 70, 69.9, 50, 49.9], "ABBCCD"],
  ["flaky", [2, 2.1, 10, 10.1, 25, 25.1], "ABBCCD"],
  ["test-failures", [0, 1], "AD"],
  ["owned", [100, 99.9, 0], "ABB"],
] as const)("%s of %j earns %s", (name, figures, letters) => {
  expect(figures.map((figure) => letterOf(ruleOf(name), figure)).join("")).toBe(letters);
});

test("no grade depends on how large an area is", () => {
  expect(MEASURE_NAMES.filter((name) => letterOf(ruleOf(name), 1) === undefined)).toEqual([
    "files",
    "lines",
  ]);
});

test("each name has the rule of the table", () => {
  for (const name of MEASURE_NAMES) expect(ruleOf(name)).toBe(MEASURES[name]);
});
