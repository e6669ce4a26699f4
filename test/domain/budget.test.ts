import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowanceOf } from "../../src/domain/budget.ts";
import { intakeOrder, lineOrder, reviewOrder } from "../workers/orders.ts";

const budget = (usd: number) => ({ tokens: 1_000, usd, turns: 9, wallClockMs: 60_000 });

describe("what a worker may spend", () => {
  test.each([
    ["implement", 0, 4],
    ["review", 0, 5],
    ["review", 1.5, 3.5],
    ["review", 4, 1],
    ["review", 6, 0],
  ] as const)("of five dollars of a line: %s, after %d, %d", (name, spentBeforeUsd, usd) => {
    const order = lineOrder({ budget: budget(5) });
    expect(allowanceOf(order, { name, spentBeforeUsd })).toEqual({ ...order.budget, usd });
  });

  test("is all of it where one worker alone asks a model", () => {
    const given = budget(5);
    expect(
      allowanceOf(intakeOrder({ budget: given }), { name: "intake-normalize", spentBeforeUsd: 0 }),
    ).toEqual(given);
    expect(
      allowanceOf(reviewOrder({ budget: given }), { name: "review", spentBeforeUsd: 0 }),
    ).toEqual(given);
  });

  test("is never more together than the order states, however much each spends", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const usd = fc.double({ min: 1e-6, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(usd, share, share, (all, built, reviewed) => {
        const order = lineOrder({ budget: budget(all) });
        const first = allowanceOf(order, { name: "implement", spentBeforeUsd: 0 }).usd;
        const spentBeforeUsd = first * built;
        const second = allowanceOf(order, { name: "review", spentBeforeUsd }).usd;
        expect(second).toBeGreaterThan(all * 0.199);
        expect(spentBeforeUsd + second * reviewed).toBeLessThanOrEqual(all * (1 + 1e-9));
      }),
      { numRuns: 200 },
    );
  });
});
