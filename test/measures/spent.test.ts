import { expect, test } from "vitest";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { spentOn, workedOn } from "../../src/measures/spent.ts";

const entries = [
  { durationMs: 200, usage: { ...NO_USAGE, requests: 1, inputTokens: 10, usd: 0.25 } },
  {},
  { durationMs: 50, usage: { ...NO_USAGE, requests: 2, outputTokens: 5, usd: 0.5 } },
];

test("usage and time are summed over the entries that say them", () => {
  expect(spentOn(entries)).toEqual({
    ...NO_USAGE,
    requests: 3,
    inputTokens: 10,
    outputTokens: 5,
    usd: 0.75,
  });
  expect(workedOn(entries)).toBe(250);
});

test("an empty ledger has cost nothing", () => {
  expect(spentOn([])).toEqual(NO_USAGE);
  expect(workedOn([])).toBe(0);
});
