import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  alarmsAmong,
  leastProbability,
  probabilityOfHigher,
  ratioOf,
} from "../../../src/gatherers/performance/rank-test.ts";

/** Every way to choose `size` of the positions. */
function choices(positions: readonly number[], size: number): readonly (readonly number[])[] {
  if (size === 0) return [[]];
  return positions.flatMap((one, index) =>
    choices(positions.slice(index + 1), size - 1).map((rest) => [one, ...rest]),
  );
}

describe("the probability that chance alone ranks the recent ones so high", () => {
  // Tables of Mann and Whitney (1947): U of 3 and 4.
  test.each([
    [[5, 6, 7], [1, 2, 3, 4], 1 / 35],
    [[4, 6, 7], [1, 2, 3, 5], 2 / 35],
    [[3, 6, 7], [1, 2, 4, 5], 4 / 35],
    [[1, 2, 3], [4, 5, 6, 7], 1],
    [[1, 1], [1, 1, 1], 1],
    [[2], [1, 1], 1 / 3],
    [[1], [], 1],
  ])("%j after %j: %d", (recent, before, expected) => {
    expect(probabilityOfHigher(recent, before)).toBeCloseTo(expected, 12);
  });

  test("is at most alpha in at most that share of all orders, whatever the values and ties", () => {
    const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 9 });
    const alpha = fc.constantFrom(0.01, 0.05, 0.1, 0.25);
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 4 }), alpha, (all, size, level) => {
        fc.pre(size < all.length);
        const orders = choices([...all.keys()], size);
        const alarms = orders.filter((chosen) => {
          const recent = chosen.map((index) => all[index] ?? 0);
          const before = all.filter((_, index) => !chosen.includes(index));
          return probabilityOfHigher(recent, before) <= level;
        });
        expect(alarms.length / orders.length).toBeLessThanOrEqual(level);
      }),
    );
  });

  test("is never less than the least", () => {
    const few = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 5 });
    const many = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(few, many, (recent, before) => {
        const least = leastProbability(recent.length, before.length);
        expect(probabilityOfHigher(recent, before)).toBeGreaterThanOrEqual(least * (1 - 1e-9));
      }),
    );
  });
});

test.each([
  [[2, 2], [1, 1], 2],
  [[1.1], [1], 1.1],
  [[1, 3], [1, 1], 2],
])("%j against %j is %d times as much", (recent, before, expected) => {
  expect(ratioOf(recent, before)).toBeCloseTo(expected, 12);
});

test.each([
  [[0.001, 0.5], 0.05, [true, false]],
  [[0.03, 0.02], 0.05, [true, true]],
  [[0.03, 0.026], 0.05, [false, false]],
  [[], 0.05, []],
])("of %j at %d together, %j are alarms", (probabilities, alpha, expected) => {
  expect(alarmsAmong(probabilities, alpha)).toEqual(expected);
});
