import fc from "fast-check";
import { expect, test } from "vitest";
import { wrapWords } from "../../../src/cli/shared/wrap-words.ts";

test.each([
  ["no terminal", undefined, "  a sentence that goes on"],
  ["a terminal for no sentences", 12, "  a sentence that goes on"],
  ["a wide one", 80, "  a sentence that goes on"],
] as const)("nothing is broken for %s", (_who, width, text) => {
  expect(wrapWords(text, width, 2)).toBe(text);
});

test("a code and its meaning stand in two columns", () => {
  expect(wrapWords("  0  no limit was violated, and no issue was lost", 30, 5)).toBe(
    "  0  no limit was violated,\n     and no issue was lost",
  );
});

test("no word is lost, and no line is too long but that of one word", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,40}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 30, max: 120 }), fc.nat(8), (given, width, hang) => {
      const lines = wrapWords(given.join(" "), width, hang).split("\n");
      expect(lines.flatMap((line) => line.trim().split(" "))).toEqual(given);
      for (const line of lines.filter((one) => one.length > width)) {
        expect(line.trim()).not.toContain(" ");
      }
    }),
  );
});
