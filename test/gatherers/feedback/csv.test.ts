import fc from "fast-check";
import { expect, test } from "vitest";
import { readCsv } from "../../../src/gatherers/feedback/csv.ts";

test.each([
  ["", []],
  [
    "a,b\n1,2\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "a,b\r\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["\uFEFFa\n1\n", [["a"], ["1"]]],
  ['a,"b, c"\n', [["a", "b, c"]]],
  ['a,"say ""so"""\n', [["a", 'say "so"']]],
  [
    "a,\n,b\n",
    [
      ["a", ""],
      ["", "b"],
    ],
  ],
  ["a,", [["a", ""]]],
  ["a\n\nb\n", [["a"], ["b"]]],
])("%j", (text, cells) => {
  expect(readCsv(text)?.map((record) => record.cells)).toEqual(cells);
});

test("a record begins on the line of its first cell, whatever its cells hold", () => {
  expect(readCsv('a\n"1\n2"\nb\n')?.map(({ line }) => line)).toEqual([1, 2, 4]);
});

test.each([['a"b\n'], ['"a\n'], ['"a"b\n']])("%j is not read", (text) => {
  expect(readCsv(text)).toBeUndefined();
});

test("reads back what is written by the rules", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é") });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(rows, (records) => {
      const text = records
        .map((cells) => `${cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(",")}\r\n`)
        .join("");
      expect(readCsv(text)?.map((record) => record.cells)).toEqual(records);
    }),
  );
});
