import { describe, expect, test } from "vitest";
import { FailedProposal } from "../../../src/domain/proposal.ts";
import { cut } from "../../../src/domain/text/cut.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { startMeter } from "../../../src/workers/shared/meter.ts";
import { failed, runWorker } from "../../../src/workers/shared/proposal.ts";
import { withinBounds } from "../../../src/workers/shared/worker-refusals.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { lineOrder } from "../orders.ts";

const COST = { ...NO_USAGE, requests: 1, inputTokens: 7, usd: 0.5 };

describe("a failed proposal", () => {
  test("fits its schema whatever the refusal holds", () => {
    const long = "\u{1F600}".repeat(5_000);
    const proposal = failed(lineOrder(), {
      of: "implement",
      refusal: { code: "worker-failed", subject: long, found: long, accepted: long, hint: "retry" },
      spent: { usage: COST, durationMs: 3 },
    });
    expect(FailedProposal.safeParse(proposal).error).toBeUndefined();
    expect(proposal).toMatchObject({ usage: COST, durationMs: 3 });
  });

  test("keeps a short refusal as it is", () => {
    const refusal = { code: "gave-up", subject: "coder" } as const;
    expect(withinBounds(refusal)).toEqual(refusal);
  });

  test.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["a\u{1F600}bc", 3, "a…"],
    ["\uD800", 3, "\uFFFD"],
  ])("cuts %j to %i units", (text, maximum, expected) => {
    expect(cut(text, maximum)).toBe(expected);
  });
});

describe("runWorker", () => {
  test("sums usage and time into a refusal", async () => {
    const clock = createFakeClock();
    const result = await runWorker(lineOrder(), { of: "review", clock }, async (meter) => {
      meter.add(COST);
      meter.add(COST);
      clock.advance(250);
      return { refusal: { code: "gave-up", subject: "x" } };
    });
    expect(result).toMatchObject({
      worker: "failed",
      of: "review",
      refusal: { code: "gave-up" },
      usage: { requests: 2, inputTokens: 14, usd: 1 },
      durationMs: 250,
    });
  });

  test("turns a thrown error into worker-failed with its causes and the usage so far", async () => {
    const result = await runWorker(
      lineOrder(),
      { of: "implement", clock: createFakeClock() },
      async (meter) => {
        meter.add(COST);
        throw new Error("no such commit", { cause: new Error("git ended with 128") });
      },
    );
    expect(result).toMatchObject({
      refusal: { code: "worker-failed", found: "no such commit: git ended with 128" },
      usage: { requests: 1 },
    });
  });

  test("hands through what the worker returns", async () => {
    const result = await runWorker(
      lineOrder(),
      { of: "verify", clock: createFakeClock() },
      async (meter) => meter.spent().usage,
    );
    expect(result).toEqual(startMeter(createFakeClock()).spent().usage);
  });
});
