import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { droppedIn } from "../../../../src/workers/proof/two-sides/dropped.ts";

const bytes = (text: string | undefined) =>
  text === undefined ? undefined : new TextEncoder().encode(text);
const dropped = (
  before: string | undefined,
  side: string | undefined,
  result: string | undefined,
) => droppedIn({ path: "f", before: bytes(before), side: bytes(side), result: bytes(result) });

const text = fc
  .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 })
  .map((lines) => lines.map((line) => `${line}\n`).join(""));

describe("the hunks of a side that a result does not hold", () => {
  test.each([
    ["all is kept", "a\n", "a\nb\n", "a\nb\n", []],
    ["the other side adds beside it", "a\n", "a\nb\n", "x\na\nb\ny\n", []],
    ["an added line is not there", "a\n", "a\nb\n", "a\n", [{ from: 2, to: 2, lost: 1, back: 0 }]],
    ["a removed line is back", "a\nb\n", "a\n", "a\nb\n", [{ from: 0, to: 0, lost: 0, back: 1 }]],
    ["a changed line reads as before", "a\n", "b\n", "a\n", [{ from: 1, to: 1, lost: 1, back: 1 }]],
    [
      "a changed line reads in a third way",
      "a\n",
      "b\n",
      "c\n",
      [{ from: 1, to: 1, lost: 1, back: 0 }],
    ],
    [
      "one of two hunks",
      "a\nm\nz\n",
      "b\nm\ny\n",
      "b\nm\nz\n",
      [{ from: 3, to: 3, lost: 1, back: 1 }],
    ],
    [
      "the whole file is gone",
      undefined,
      "a\nb\n",
      undefined,
      [{ from: 1, to: 2, lost: 2, back: 0 }],
    ],
    [
      "a file that it took out is back",
      "a\n",
      undefined,
      "a\n",
      [{ from: 0, to: 0, lost: 0, back: 1 }],
    ],
    [
      "a line that is back before a line that stays gone",
      "h\na\nm\nz\n",
      "h\nb\nm\ny\n",
      "h\na\nm\ny\n",
      [{ from: 2, to: 2, lost: 1, back: 1 }],
    ],
    ["the other side takes out the line after it", "a\nc\n", "a\nb\nc\n", "a\nb\n", []],
    ["the other side takes out a line", "x\na\n", "b\nx\na\n", "b\nx\n", []],
    ["bytes as the side wrote them", "a\0", "b\0", "b\0", []],
    ["text is bytes now", "a\n", "b\n", "b\0", [{ from: 0, to: 0, lost: 0, back: 0 }]],
    ["bytes that both take out", "a\0", undefined, undefined, []],
    [
      "bytes that it took out and an empty file stands there",
      "a\0",
      undefined,
      "",
      [{ from: 0, to: 0, lost: 0, back: 0 }],
    ],
    [
      "bytes that it emptied and no file stands there",
      "a\0",
      "",
      undefined,
      [{ from: 0, to: 0, lost: 0, back: 0 }],
    ],
    ["other bytes", "a\0", "b\0", "c\0", [{ from: 0, to: 0, lost: 0, back: 0 }]],
  ] as const)("%s", (_, before, side, result, expected) => {
    expect(dropped(before, side, result)).toEqual(expected.map((hunk) => ({ path: "f", ...hunk })));
  });

  test.each([
    ["a text", "1\n"],
    ["bytes", "1\0"],
  ])("%s is named by the first 300 characters of its path", (_what, side) => {
    const path = "d".repeat(301);
    const found = droppedIn({ path, before: undefined, side: bytes(side), result: undefined });
    expect(found.map((hunk) => hunk.path)).toEqual(["d".repeat(300)]);
  });

  test("a moved line is no line that is back, where the result has it once", () => {
    expect(dropped("x\na\n", "a\nx\n", "x\n").every(({ back }) => back === 0)).toBe(true);
  });

  test("nothing is dropped where the result is what the side wrote", () => {
    fc.assert(fc.property(text, text, (before, side) => dropped(before, side, side).length === 0));
  });

  test("every line that a side put in is missed where the result holds none of them", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (before, count) => {
        const found = dropped(before, before + "new\n".repeat(count), before);
        return found.reduce((sum, { lost }) => sum + lost, 0) === count;
      }),
    );
  });
});
