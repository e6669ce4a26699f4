import { expect, test } from "vitest";
import { lineBetween } from "../../../../src/control/tasks/own/line-changes.ts";

const BEFORE = "one\ntwo\nthree\n";

test.each<
  readonly [string, string | null, string | null, number | null, ReturnType<typeof lineBetween>]
>([
  ["nothing changed", BEFORE, BEFORE, 2, "kept"],
  ["it reads otherwise", BEFORE, "one\n2\nthree\n", 2, "changed"],
  ["only the line before it changed", BEFORE, "1\ntwo\nthree\n", 2, "kept"],
  ["it moved down", BEFORE, "zero\none\ntwo\nthree\n", 2, "kept"],
  ["it is gone", BEFORE, "one\nthree\n", 2, "changed"],
  ["its file is gone", BEFORE, null, 2, "changed"],
  ["nobody knows what the file held", null, BEFORE, 2, "unknown"],
  ["it is on the whole file, or outdated", BEFORE, "one\n", null, "unknown"],
  ["there is no such line", BEFORE, BEFORE, 9, "unknown"],
  ["the file is too long to compare", "x\n".repeat(6_000), BEFORE, 2, "unknown"],
])("where %s", (_, before, after, line, said) => {
  expect(lineBetween({ before, after }, line)).toBe(said);
});
