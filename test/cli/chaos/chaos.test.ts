import { expect, test } from "vitest";
import { runChaos } from "../../../src/cli/chaos/chaos.ts";

const PATIENCE_MS = 120_000;

/** One point of the happy line: the answer is lost after the fault was played, or nothing is. */
async function play(only: string) {
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  return { ...(await runChaos({ lines: ["happy"], every: 1, only, tell })), told };
}

test(
  "a line whose answers are lost ends as it would have, and one point is played by its name",
  async () => {
    const { told, ...result } = await play("request 30, answer-lost");
    expect(result).toEqual({ points: 1, converged: 1, duplicates: 0, lost: 0 });
    expect(told.join()).toMatch(/^happy: \d+ requests, \d+ jobs, \d+ events; 1 points/);
  },
  PATIENCE_MS,
);
