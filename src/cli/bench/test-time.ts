import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Figure } from "./figure.ts";

/** What the project promises whoever works on it, on 2 cores. */
const WALL_MS = 180_000;
/** Linux counts processor time in these. */
const TICKS_PER_SECOND = 100;

/** The tests as a newcomer starts them, once: how long they took, what they cost, and what came of them. */
export async function testFigures(given: {
  readonly millwright: string;
  readonly quiet: boolean;
}): Promise<readonly Figure[]> {
  const before = processorMs();
  const started = performance.now();
  const output = await npmTest(given);
  const wall = Math.round(performance.now() - started);
  const count = (word: string) => countIn(output, word);
  const counts = (["passed", "failed", "skipped"] as const).map(
    (word): Figure => ({
      name: `tests.${word}`,
      value: count(word),
      unit: "count",
      ...(word === "failed" ? { target: 0 } : {}),
    }),
  );
  return [
    { name: "tests.wall", value: wall, unit: "ms", target: WALL_MS },
    { name: "tests.processor", value: processorMs() - before, unit: "ms" },
    ...counts,
  ];
}

async function npmTest({
  millwright,
  quiet,
}: {
  readonly millwright: string;
  readonly quiet: boolean;
}): Promise<string> {
  const child = spawn("npm", ["test"], { cwd: millwright, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    // Standard output is for the figures.
    if (!quiet) process.stderr.write(text);
  });
  await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  return output;
}

/** Vitest's last line, as in "Tests  2 failed | 5814 passed | 5 skipped (5821)". A run without one passed nothing. */
function countIn(output: string, word: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const plain = output.replaceAll(/\u001b\[[0-9;]*m/g, "");
  const line = /^ *Tests {2,}(.*)$/m.exec(plain)?.[1];
  if (line === undefined) throw new Error("npm test ended without a count of its tests");
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
}

/** Processor time of all processes that this one started and that have ended, theirs included: fields 16 and 17 of proc(5). */
function processorMs(): number {
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  const ticks = Number(fields[13]) + Number(fields[14]);
  return Math.round((ticks / TICKS_PER_SECOND) * 1000);
}
