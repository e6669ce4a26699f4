import { expect, test } from "vitest";
import { budgetMeter } from "../../../src/agent/budget/meter.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";

const BUDGET = { tokens: 1_000, usd: 1, turns: 10, wallClockMs: 60_000 };

function meterAt() {
  let elapsed = 5_000;
  const clock = {
    now: () => "2026-11-20T00:00:00Z",
    elapsed: () => elapsed,
    wait: () => Promise.reject(new Error("nobody waits here")),
  };
  return { meter: budgetMeter(BUDGET, clock), pass: (ms: number) => (elapsed += ms) };
}

test.each([
  [
    "tokens",
    { usage: { ...NO_USAGE, inputTokens: 400, cacheReadTokens: 600 }, turns: 1, nextUsd: 0 },
  ],
  ["USD", { usage: { ...NO_USAGE, usd: 1 }, turns: 1, nextUsd: 0 }],
  ["turns", { usage: NO_USAGE, turns: 10, nextUsd: 0 }],
])("refuses once %s are spent, over all tasks", (subject, spent) => {
  const { meter } = meterAt();
  expect(meter.beforeTurn({ usage: NO_USAGE, turns: 0, nextUsd: 0 })).toBeUndefined();
  expect(meter.beforeTurn(spent)).toMatchObject({ code: "budget-exhausted", subject });
  meter.settle(spent);
  expect(meter.beforeTurn({ usage: NO_USAGE, turns: 0, nextUsd: 0 })).toMatchObject({ subject });
  expect(meter.spent()).toEqual({ usage: spent.usage, turns: spent.turns });
});

test("the wall clock runs from the beginning of the worker", () => {
  const { meter, pass } = meterAt();
  pass(59_999);
  expect(meter.beforeTurn({ usage: NO_USAGE, turns: 0, nextUsd: 0 })).toBeUndefined();
  pass(1);
  expect(meter.beforeTurn({ usage: NO_USAGE, turns: 0, nextUsd: 0 })).toMatchObject({
    subject: "milliseconds",
  });
});
