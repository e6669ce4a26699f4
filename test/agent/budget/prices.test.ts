import { expect, test } from "vitest";
import { PRICES_READ_AT } from "../../../src/agent/budget/price-list.ts";
import { costOf } from "../../../src/agent/budget/prices.ts";

const MILLION = {
  inputTokens: 1_000_000,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
};
const NONE = { ...MILLION, inputTokens: 0 };

test.each([
  ["claude-sonnet-5-5", MILLION, 2],
  ["claude-sonnet-5-5", { ...NONE, outputTokens: 1_000_000 }, 10],
  ["claude-opus-5-5", { ...NONE, cacheReadTokens: 1_000_000 }, 0.2],
  ["claude-opus-5-5", { ...NONE, cacheWriteTokens: 1_000_000 }, 5],
  ["claude-haiku-4-5-20251001", MILLION, 1],
  ["claude-haiku-5-5", { ...NONE, inputTokens: 100_000 }, 0.01],
  ["claude-haiku-5-5", { ...NONE, inputTokens: 90_000, cacheReadTokens: 20_000 }, 0.046],
])("%s costs what its page says", (model, counts, usd) => {
  const cost = costOf(model, counts);
  expect(cost.usd).toBeCloseTo(usd, 9);
  expect(cost.estimated).toBe(false);
});

test("an unknown model costs the highest price known, marked as an estimate", () => {
  expect(costOf("claude-next-9", MILLION)).toEqual({ usd: 10, estimated: true });
  expect(costOf("constructor", MILLION)).toEqual({ usd: 10, estimated: true });
});

test("the table says when it was read", () => {
  expect(new Date(PRICES_READ_AT).toISOString().slice(0, 10)).toBe(PRICES_READ_AT);
});
