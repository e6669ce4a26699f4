import { expect, test } from "vitest";
import { keepSaid } from "../../src/domain/ledger/rebuilt.ts";
import { addUsage, NO_USAGE } from "../../src/domain/usage.ts";

test("the use of two calls is the sum of each figure, and nothing adds nothing", () => {
  const left = {
    requests: 1,
    inputTokens: 20,
    cacheReadTokens: 300,
    cacheWriteTokens: 4_000,
    outputTokens: 50_000,
    usd: 0.25,
    modelMs: 600,
  };
  const right = {
    requests: 2,
    inputTokens: 3,
    cacheReadTokens: 4,
    cacheWriteTokens: 5,
    outputTokens: 6,
    usd: 0.5,
    modelMs: 7,
  };
  expect(addUsage(left, right)).toStrictEqual({
    requests: 3,
    inputTokens: 23,
    cacheReadTokens: 304,
    cacheWriteTokens: 4_005,
    outputTokens: 50_006,
    usd: 0.75,
    modelMs: 607,
  });
  expect(addUsage(left, NO_USAGE)).toStrictEqual(left);
  expect(addUsage(NO_USAGE, NO_USAGE)).toStrictEqual(NO_USAGE);
});

test("what an attempt said of its change is kept while there is room for it", () => {
  const around = JSON.stringify({ summary: "", namings: [] }).length;
  const made = (length: number) => ({ summary: "s".repeat(length), namings: [] });
  expect(keepSaid(made(4_000 - around))).toStrictEqual(made(4_000 - around));
  expect(keepSaid(made(4_001 - around))).toBeUndefined();
  expect(keepSaid({ summary: "s" })).toBeUndefined();
});
