import { afterAll, beforeAll, expect, test } from "vitest";
import { runChaos } from "../../../src/cli/chaos/chaos.ts";
import { createHands, type Hands } from "../../../src/cli/chaos/hands.ts";
import type { LineName } from "../../../src/cli/chaos/lines.ts";
import { toldTerminal } from "../../fakes/terminal.ts";

const PATIENCE_MS = 120_000;

// One thread for all of them: loading what it plays takes as long as a life.
let hands: Hands;
beforeAll(() => {
  hands = createHands(1);
});
afterAll(() => hands[Symbol.asyncDispose]());

/** One point of a line, by its name. */
async function play(line: LineName, only: string) {
  const told: string[] = [];
  const terminal = toldTerminal((said) => void told.push(said));
  return { ...(await runChaos({ lines: [line], every: 1, only, terminal, hands })), told };
}

test(
  "a point that no line has is refused with how long the lines are",
  async () => {
    await expect(play("happy", "request 90000, outage")).rejects.toThrow(
      /no line has the point "request 90000, outage": happy has \d+ requests/,
    );
  },
  PATIENCE_MS,
);

test.each<readonly [LineName, string]>([
  // Each was found by it, and mended: a label that only a dead run was told of,
  ["happy", "request 1, run-killed-before"],
  // a worker that was lost with its machine and charged for everything,
  ["happy", "job 6, its job killed where it begins"],
  // an incident that stayed open.
  ["revert", "job 13, its run killed where it ends"],
])(
  "the line %s with %s ends as it would have",
  async (line, point) => {
    const { told, ...result } = await play(line, point);
    expect(result).toEqual({ points: 1, converged: 1, duplicates: 0, lost: 0 });
    expect(told.join()).toMatch(/^[a-z]+: \d+ requests, \d+ jobs, \d+ events; 1 points/);
  },
  PATIENCE_MS,
);
