import { expect, test } from "vitest";
import { z } from "zod";
import {
  cutLine,
  lastOf,
  line,
  maybeCount,
  maybeLine,
  namedLine,
} from "../../../src/domain/incident/bounded.ts";

test.each<readonly [string, string, number, string]>([
  ["blanks and control characters", "  a \t\r\n\u0000 b\u0007c  ", 20, "a b c"],
  ["what is too long", "abcdef", 4, "abcd"],
  ["what is as long as it may be", "abcd", 4, "abcd"],
  ["what is folded into its bound", "a      b", 4, "a b"],
  ["an accent of its own", "e\u0301", 5, "\u00e9"],
  ["half a character", "ab\ud83d", 5, "ab\ufffd"],
  ["a character at the cut", "ab\u{1f600}", 3, "ab\ufffd"],
])("one line is made of %s", (_what, text, most, expected) => {
  expect(cutLine(text, most)).toBe(expected);
});

test.each<readonly [unknown, unknown, unknown, unknown]>([
  ["abcdef", "abcd", "abcd", "abcd"],
  [" \n", "", undefined, "refused"],
  ["", "", undefined, "refused"],
  [7, "refused", undefined, "refused"],
  [null, "refused", undefined, "refused"],
  [undefined, "refused", undefined, "refused"],
])(
  "%j as a line, as one that may be missing, and as one that may not be empty",
  (value, ...expected) => {
    const read = [line(4), maybeLine(4), namedLine(4)].map((schema) => {
      const { success, data } = schema.safeParse(value);
      return success ? data : "refused";
    });
    expect(read).toStrictEqual(expected);
  },
);

test("an empty line is refused with a reason", () => {
  expect(namedLine(4).safeParse(" ").error?.issues[0]?.message).toBe(
    "expected a text that is not empty",
  );
});

test.each<readonly [unknown, number | undefined]>([
  [1, 1],
  [0, undefined],
  [-1, undefined],
  [1.5, undefined],
  [1_000_000_000, 1_000_000_000],
  [1_000_000_001, undefined],
  ["17", 17],
  ["1000000000", 1_000_000_000],
  ["0", undefined],
  ["00000000001", undefined],
  ["17 ", undefined],
  ["x17", undefined],
  ["1e3", undefined],
  ["", undefined],
  [true, undefined],
  [["17"], undefined],
  [undefined, undefined],
])("the count %j is %j", (value, expected) => {
  expect(maybeCount.parse(value)).toBe(expected);
});

test.each<readonly [unknown, readonly unknown[]]>([
  [
    ["a", "b", "c"],
    ["b", "c"],
  ],
  [["a"], ["a"]],
  [
    ["a", 7],
    ["a", null],
  ],
  [
    [null, "a"],
    [null, "a"],
  ],
  ["ab", []],
  [{ length: 2 }, []],
  [undefined, []],
])("of %j the last two texts are %j", (value, expected) => {
  expect(lastOf(z.string(), 2).parse(value)).toStrictEqual(expected);
});
