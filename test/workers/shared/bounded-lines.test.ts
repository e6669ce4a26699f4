import { expect, test } from "vitest";
import { boundedLines } from "../../../src/workers/shared/bounded-lines.ts";

test.each([
  [["a", "b"], 2, ["a", "b"]],
  [["a", "b", "c"], 2, ["a", "and 2 more"]],
  [["a", "b"], 1, ["and 2 more"]],
  [[], 0, []],
])("%j in %d lines", (lines, most, kept) => {
  expect(boundedLines(lines, most)).toEqual(kept);
});
