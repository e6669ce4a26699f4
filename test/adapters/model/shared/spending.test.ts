import { describe, expect, test } from "vitest";
import { spending } from "../../../../src/adapters/model/shared/spending.ts";

/** A price that tells the four counts apart, and models too. */
const pricesOf = (model: string) =>
  spending(model, (name, counts) => ({
    usd:
      (name === "costly" ? 10_000 : 0) +
      counts.inputTokens * 1_000 +
      counts.cacheReadTokens * 100 +
      counts.cacheWriteTokens * 10 +
      counts.outputTokens,
    estimated: false,
  }));

const WHOLE = { inputTokens: 1, cacheReadTokens: 2, cacheWriteTokens: 3, outputTokens: 4 };
const NOTHING = { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };

describe("what a conversation spends", () => {
  test.each([
    ["every kind of token", WHOLE, [1, 2, 3, 4], 1_234],
    ["without a cache", { ...WHOLE, cacheReadTokens: 0 }, [1, 0, 3, 4], 1_034],
    ["with nothing written", { ...WHOLE, cacheWriteTokens: 0 }, [1, 2, 0, 4], 1_204],
    ["a stream that broke before it told", NOTHING, [0, 0, 0, 0], 0],
  ])("%s", (_, counts, [input, read, write, output], usd) => {
    const spent = pricesOf("cheap");
    spent.charge(counts, 50);
    expect(spent.usage()).toEqual({
      requests: 1,
      inputTokens: input,
      cacheReadTokens: read,
      cacheWriteTokens: write,
      outputTokens: output,
      usd,
      modelMs: 50,
    });
  });

  test("may next be what its prompt costs where nothing is cached, and the longest reply", () => {
    const next = { promptTokens: 5, outputTokens: 6 };
    expect(pricesOf("cheap").dearest(next)).toBe(5_006);
    const written = spending("cheap", (_, counts) => ({
      usd: counts.inputTokens + 2 * counts.cacheWriteTokens + counts.outputTokens,
      estimated: false,
    }));
    expect(written.dearest(next)).toBe(16);
  });

  test("adds up over requests, at the price of its model; only whole replies are turns", () => {
    const spent = pricesOf("costly");
    spent.charge(WHOLE, 50);
    spent.turn();
    spent.charge(NOTHING, 7);
    expect(spent.turns()).toBe(1);
    expect(spent.usage()).toMatchObject({
      requests: 2,
      outputTokens: 4,
      usd: 21_234,
      modelMs: 57,
    });
  });
});
