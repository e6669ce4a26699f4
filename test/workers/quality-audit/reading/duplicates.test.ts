import { describe, expect, test } from "vitest";
import { repeatedLines } from "../../../../src/workers/quality-audit/reading/duplicates.ts";

/** Lines of eleven tokens each, none like another. */
const lines = (count: number, name = "a", from = 0) =>
  Array.from({ length: count }, (_, index) => `const ${name}${from + index} = f(1, 2, 3);`);
const repeated = (files: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(
    repeatedLines(new Map(Object.entries(files).map(([path, text]) => [path, text.join("\n")]))),
  );

describe("repeatedLines", () => {
  test("finds ten lines in two files, and tells both where", () => {
    const files = {
      a: ["// a", ...lines(10)],
      b: [...lines(3, "b"), ...lines(10), ...lines(3, "c")],
    };
    expect(repeated(files)).toEqual({ a: { lines: 10, first: 2 }, b: { lines: 10, first: 4 } });
  });

  test("finds them twice in one file, and counts each line once whatever the windows", () => {
    expect(repeated({ a: [...lines(14), "x", ...lines(14)] })).toEqual({
      a: { lines: 28, first: 1 },
    });
  });

  test("does not look at blanks", () => {
    const spread = lines(10).flatMap((line) => ["", `\t${line.replaceAll(" ", "  ")} `]);
    expect(repeated({ a: lines(10), b: spread })).toEqual({
      a: { lines: 10, first: 1 },
      b: { lines: 10, first: 2 },
    });
  });

  test.each([
    ["nine lines", { a: lines(9), b: lines(9) }],
    ["ten short lines", { a: Array(10).fill("}"), b: Array(10).fill("}") }],
    [
      "ten lines of which one differs",
      { a: lines(10), b: [...lines(5), "x", ...lines(4, "a", 6)] },
    ],
    ["a list of lines that are all alike", { a: Array<string>(15).fill("push(1, 2, 3, 4, 5);") }],
  ])("%s are none", (_what, files) => expect(repeated(files)).toEqual({}));

  test("equal lines that are long enough apart are two places, alike or not", () => {
    const alike = Array<string>(20).fill("push(1, 2, 3, 4, 5);");
    expect(repeated({ a: alike })).toEqual({ a: { lines: 20, first: 1 } });
  });
});
