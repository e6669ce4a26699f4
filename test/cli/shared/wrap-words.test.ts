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

test.each<readonly [string, string, readonly string[]]>([
  [
    "a point of a list goes on below its words",
    "  ✓ tests: each of them is read by its name and its file",
    ["  ✓ tests: each of them is read by its", "    name and its file"],
  ],
  [
    "a numbered point, too",
    "  2. The model's key; nobody can read a secret again",
    ["  2. The model's key; nobody can read a", "     secret again"],
  ],
  [
    "a row goes on below its second column",
    "  files       src/one.ts, src/two.ts, src/three.ts",
    ["  files       src/one.ts, src/two.ts,", "              src/three.ts"],
  ],
  [
    "a row whose second column begins far to the right does not",
    "  How long it took until all was well  unknown (nobody tells)",
    ["  How long it took until all was well", "    unknown (nobody tells)"],
  ],
  [
    "what stands between backticks is copied, and stays whole",
    "Make it one with `git init && git add --all && git commit`, then try again",
    ["Make it one with", "`git init && git add --all && git commit`,", "then try again"],
  ],
  [
    "colours take no place",
    `  ${dim("model")}       ${dim("none: no key and no script, says the terminal")}`,
    [
      `  ${dim("model")}       \u001b[2mnone: no key and no`,
      "              script, says the terminal\u001b[22m",
    ],
  ],
  [
    "wide characters take two places",
    "日本語の課題の題名は 幅が倍になるので 折り返す",
    ["日本語の課題の題名は 幅が倍になるので", "折り返す"],
  ],
])("%s", (_title, text, lines) => {
  expect(wrapWords(text, 40)).toBe(lines.join("\n"));
});

function dim(text: string): string {
  return `\u001b[2m${text}\u001b[22m`;
}

test("asked again, a broken text stays as it is", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.integer({ min: 30, max: 120 }), (given, width) => {
      const once = wrapWords(given.join(" "), width);
      const again = once.split("\n").map((line) => wrapWords(line, width));
      expect(again.join("\n")).toBe(once);
    }),
  );
});
