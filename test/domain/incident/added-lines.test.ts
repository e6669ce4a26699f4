import { describe, expect, test } from "vitest";
import { addsLine } from "../../../src/domain/incident/added-lines.ts";

const PATCH = [
  "@@ -1,3 +1,4 @@ function a() {",
  " one",
  "-two",
  "+TWO",
  "+new",
  " three",
  "@@ -20 +21,2 @@",
  "+++ looks like a head",
  " twenty",
  "\\ No newline at end of file",
].join("\n");

describe("the lines that a patch adds", () => {
  test.each([
    [1, false],
    [2, true],
    [3, true],
    [4, false],
    [20, false],
    [21, true],
    [22, false],
    [99, false],
  ])("line %d: %s", (line, added) => {
    expect(addsLine(PATCH, line)).toBe(added);
  });

  test.each(["", "Binary files differ", "@@ broken @@\n+x"])("none of %j", (patch) => {
    expect(addsLine(patch, 1)).toBe(false);
  });
});
