import { describe, expect, test } from "vitest";
import { digestOfOrder } from "../../../src/domain/order.ts";
import { FailedProposal } from "../../../src/domain/proposal.ts";
import { cut } from "../../../src/domain/text/cut.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";
import { startMeter } from "../../../src/workers/shared/meter.ts";
import { failed, runWorker } from "../../../src/workers/shared/proposal.ts";
import { withinBounds, workerFailed } from "../../../src/workers/shared/worker-refusals.ts";
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

  test("answers its order, and has a draft only where there is one", () => {
    const order = lineOrder();
    const failure = {
      of: "implement",
      refusal: { code: "gave-up", subject: "coder" },
      spent: { usage: COST, durationMs: 3 },
    } as const;
    const plain = {
      version: 1,
      order: digestOfOrder(order),
      usage: COST,
      durationMs: 3,
      worker: "failed",
      of: "implement",
      refusal: { code: "gave-up", subject: "coder" },
    };
    expect(failed(order, failure)).toStrictEqual(plain);
    const draft = { base: order.base, files: [] };
    expect(failed(order, { ...failure, draft })).toStrictEqual({ ...plain, draft });
  });

  test("cuts each part of a refusal to what its schema holds", () => {
    const long = "x".repeat(3_000);
    const cutTo = withinBounds({
      code: "gave-up",
      subject: long,
      found: long,
      accepted: long,
      hint: "retry",
    });
    expect(cutTo).toEqual({
      code: "gave-up",
      subject: `${"x".repeat(299)}…`,
      found: `${"x".repeat(1_999)}…`,
      accepted: `${"x".repeat(499)}…`,
      hint: "retry",
    });
  });

  test.each<readonly [string, unknown, string]>([
    ["no error", 7, "7"],
    ["nothing", undefined, "undefined"],
    ["an error whose cause is none", new Error("a", { cause: "b" }), "a"],
    [
      "an endless chain of causes",
      Array.from({ length: 9 }).reduce<Error>(
        (cause, _, index) => new Error(`e${index}`, { cause }),
        new Error("first"),
      ),
      "e8: e7: e6: e5: e4",
    ],
  ])("tells %s by its words", (_what, error, found) => {
    expect(workerFailed("coder", error)).toEqual({
      code: "worker-failed",
      subject: "coder",
      found,
    });
  });

  test("keeps a short refusal as it is", () => {
    const refusal = { code: "gave-up", subject: "coder" } as const;
    expect(withinBounds(refusal)).toStrictEqual(refusal);
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

  test.each([null, undefined, "text", { refused: true }])(
    "takes %j for no refusal",
    async (value) => {
      const worker = { of: "verify", clock: createFakeClock() } as const;
      expect(await runWorker(lineOrder(), worker, async () => value)).toBe(value);
    },
  );

  test("begins its time when it begins, and counts none backwards", () => {
    const clock = createFakeClock();
    clock.advance(1_000);
    const meter = startMeter(clock);
    clock.advance(20);
    expect(meter.spent()).toStrictEqual({ usage: NO_USAGE, durationMs: 20 });
    clock.advance(-500);
    expect(meter.spent().durationMs).toBe(0);
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
