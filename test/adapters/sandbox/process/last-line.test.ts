import { expect, test } from "vitest";
import { keepLastLine } from "../../../../src/adapters/sandbox/process/last-line.ts";

test.each<readonly [string, readonly string[], string]>([
  ["nothing", [], ""],
  ["a whole line", ["one\ntwo\n"], "two"],
  ["a line that is not over yet", ["one\ntw", "o"], "two"],
  ["a line in pieces", ["on", "e\n", "\n"], "one"],
  ["a bar that fills up", [" 10 %\r", " 20 %\r"], " 20 %"],
  ["blank lines at the end", ["done\n\n  \n"], "done"],
])("%s", (_title, chunks, expected) => {
  const kept = keepLastLine();
  for (const chunk of chunks) kept.add(Buffer.from(chunk));
  expect(kept.text()).toBe(expected);
});

test("a flood without a line end takes no more room than a long line", () => {
  const kept = keepLastLine();
  for (let count = 0; count < 1_000; count += 1) kept.add(Buffer.alloc(10_000, "x"));
  expect(kept.text().length).toBeLessThanOrEqual(2_000);
});
