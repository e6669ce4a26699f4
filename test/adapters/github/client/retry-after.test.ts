import { describe, expect, test } from "vitest";
import { honourLimits, secondsToWait } from "../../../../src/adapters/github/client/retry-after.ts";

const NOW = new Date("2026-11-02T08:00:00Z");
const IN_A_MINUTE = `${NOW.getTime() / 1_000 + 60}`;
const SECONDARY =
  "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

const limited = (status: number, headers: Record<string, string> = {}, message = "") =>
  Object.assign(new Error(message), { status, response: { headers } });

describe("secondsToWait", () => {
  test.each<[string, unknown, number | undefined]>([
    ["a time that GitHub names", limited(403, { "retry-after": "30" }), 30],
    ["one with 429", limited(429, { "retry-after": "1" }), 1],
    ["a secondary limit without a time", limited(403, {}, SECONDARY), 60],
    ["429 without a time", limited(429), 60],
    [
      "an hour that is used up",
      limited(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": IN_A_MINUTE }),
      60,
    ],
    [
      "an hour that has just ended",
      limited(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }),
      0,
    ],
    [
      "a right that the token lacks",
      limited(403, { "x-ratelimit-remaining": "4000" }, "Resource not accessible by integration"),
      undefined,
    ],
    ["a time that is none", limited(403, { "retry-after": "soon" }, "no"), undefined],
    ["another answer", limited(404, { "retry-after": "30" }), undefined],
    ["no answer at all", new Error("socket hang up"), undefined],
    ["nothing", undefined, undefined],
  ])("of %s", (_, error, seconds) => {
    expect(secondsToWait(error, NOW)).toBe(seconds);
  });
});

describe("honourLimits", () => {
  const play = async (...answers: readonly unknown[]) => {
    const waited: number[] = [];
    const within = honourLimits(async (seconds) => {
      waited.push(seconds);
    });
    let sent = 0;
    const send = async () => {
      const answer = answers[sent++];
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const results: unknown[] = [];
    while (sent < answers.length) results.push(await within(send).catch((error) => error));
    return { waited, results, sent };
  };

  test("sends again after the time that GitHub names", async () => {
    const limit = limited(429, { "retry-after": "7" });
    expect(await play(limit, limit, "done")).toMatchObject({ waited: [7, 7], results: ["done"] });
  });

  test("leaves other answers as they are", async () => {
    const no = limited(404);
    expect(await play(no)).toEqual({ waited: [], results: [no], sent: 1 });
  });

  test("waits no longer in all than a job has, and then gives GitHub's answer", async () => {
    const limit = limited(403, {}, SECONDARY);
    const { waited, results } = await play(limit, limit, limit, limit);
    expect(waited).toEqual([60, 60]);
    expect(results).toEqual([limit, limit]);
  });

  test("does not ask without end where GitHub names no time to wait", async () => {
    const now = limited(429, { "retry-after": "0" });
    const { waited } = await play(...Array.from({ length: 200 }, () => now));
    expect(waited).toHaveLength(150);
    expect(new Set(waited)).toEqual(new Set([1]));
  });
});
