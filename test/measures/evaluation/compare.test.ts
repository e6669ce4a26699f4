import fc from "fast-check";
import { expect, test } from "vitest";
import { compareSides, type Outcome, signP } from "../../../src/measures/evaluation/compare.ts";
import { sayComparison } from "../../../src/wording/lessons/say-comparison.ts";

const outcome = (isGood: boolean, tokens = 100): Outcome => ({
  ...{ isGood, tokens, usd: tokens / 1_000, findings: isGood ? 0 : 2 },
});

// By hand: 2 · (0.5)^6; 2 · (1 + 8) / 2^8; an even split; nothing that differs.
test.each([
  [6, 0, 0.03125],
  [1, 7, 0.0703125],
  [3, 3, 1],
  [0, 0, 1],
  [5, 0, 0.0625],
])("%i better and %i worse: p = %f", (better, worse, p) => {
  expect(signP(better, worse)).toBeCloseTo(p, 10);
});

test("p is a probability, the same from either side, and smaller the more uneven", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), (better, worse) => {
      const p = signP(better, worse);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(signP(worse, better)).toBe(p);
      expect(signP(Math.max(better, worse) + 1, Math.min(better, worse))).toBeLessThanOrEqual(
        p + 1e-12,
      );
    }),
  );
});

test("plays of one case count together, and a case that was played on one side counts on neither", () => {
  const found = compareSides([
    { name: "a", before: [outcome(false, 100), outcome(true, 300)], after: [outcome(true, 100)] },
    { name: "b", before: [outcome(true)], after: [outcome(true)] },
    { name: "c", before: [outcome(true)], after: [] },
  ]);
  expect(found.unplayed).toEqual(["c"]);
  expect(found.cases[0]?.measures).toMatchObject({
    success: { before: 0.5, after: 1 },
    tokens: { before: 200, after: 100 },
    findings: { before: 1, after: 0 },
  });
  expect(found.tests.success).toEqual({ better: 1, worse: 0, same: 1, p: 1, least: 0.5 });
  expect(found.all?.success).toEqual({ before: 0.75, after: 1 });
});

test.each([
  [2, "so few cases can show no difference"],
  [6, "after is better"],
] as const)("%i cases that all got better: %s", (count, said) => {
  const cases = Array.from({ length: count }, (_, at) => ({
    ...{ name: `case ${at}`, before: [outcome(false)], after: [outcome(true)] },
  }));
  expect(sayComparison(compareSides(cases)).join("\n")).toContain(
    `ended well: ${count} better, 0 worse, 0 the same`,
  );
  expect(
    sayComparison(compareSides(cases)).find((line) => line.includes("ended well: ")),
  ).toContain(said);
});

test("nothing played is no comparison", () => {
  expect(compareSides([])).toMatchObject({ all: null, cases: [] });
});
