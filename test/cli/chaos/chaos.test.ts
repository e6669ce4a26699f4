import { expect, test } from "vitest";
import { runChaos } from "../../../src/cli/chaos/chaos.ts";

const PATIENCE_MS = 120_000;

/** One point of the happy line, by its name. */
async function play(only: string) {
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  return { ...(await runChaos({ lines: ["happy"], every: 1, only, tell })), told };
}

test.each([
  // Found by it, and mended: a label that only a dead run was told of.
  "request 1, run-killed-before",
  "request 14, answer-lost",
])(
  "the happy line with %s ends as it would have",
  async (point) => {
    const { told, ...result } = await play(point);
    expect(result).toEqual({ points: 1, converged: 1, duplicates: 0, lost: 0 });
    expect(told.join()).toMatch(/^happy: \d+ requests, \d+ jobs, \d+ events; 1 points/);
  },
  PATIENCE_MS,
);
