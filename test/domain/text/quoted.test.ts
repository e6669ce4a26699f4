import { expect, test } from "vitest";
import { isQuotedFrom } from "../../../src/domain/text/quoted.ts";

const TEXT = "const a = 1;\n  const b = 2;\r\n\n---\n";

test.each([
  ["the line", { line: 1, text: "const a = 1;" }, true],
  ["with other blanks at its ends", { line: 2, text: "const b = 2;" }, true],
  ["several lines", { line: 1, text: "const a = 1;\nconst b = 2;\n" }, true],
  ["a part of a line", { line: 1, text: "const a" }, false],
  ["another line", { line: 2, text: "const a = 1;" }, false],
  ["beyond the end", { line: 9, text: "const a = 1;" }, false],
  ["nothing that says anything", { line: 4, text: "---" }, false],
])("%s", (_what, quote, stands) => {
  expect(isQuotedFrom(TEXT, quote)).toBe(stands);
});
