import { describe, expect, test } from "vitest";
import { cut, cutAtWord } from "../../../src/domain/text/cut.ts";

describe("a text that is cut", () => {
  test.each([
    ["fits", 4, "fits", "fits"],
    ["three short words", 14, "three short w…", "three short …"],
    ["three short words", 12, "three short…", "three short…"],
    ["src/a/very/long/path/of/one/word.ts", 20, "src/a/very/long/pat…", "src/a/very/long/pat…"],
    ["a src/very/long/path/of/one/word.ts", 20, "a src/very/long/pat…", "a src/very/long/pat…"],
    ["two\nlines of text", 14, "two\nlines of …", "two\nlines of …"],
  ])("%j at %d", (text, maximum, hard, soft) => {
    expect(cut(text, maximum)).toBe(hard);
    expect(cutAtWord(text, maximum)).toBe(soft);
    expect(cutAtWord(text, maximum).length).toBeLessThanOrEqual(maximum);
  });
});
