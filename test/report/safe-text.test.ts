import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isVisible } from "../../src/domain/hidden-text.ts";
import {
  BODY_CHARACTERS,
  boundBody,
  ownLink,
  safeBlock,
  safeCell,
  safePlain,
  safeText,
} from "../../src/report/safe-text.ts";
import { HOSTILE, hostileText } from "./hostile-text.ts";
import { harmOf, parseMarkdown, shapeOf } from "./markdown-tree.ts";

const NO_HARM = { images: 0, html: [], links: [], live: [] };

describe("safeText", () => {
  test.each(HOSTILE.map((text) => [text]))("%j is inert", (text) => {
    expect(harmOf(safeText(text))).toEqual(NO_HARM);
    expect(isVisible(safeText(text))).toBe(true);
  });

  test("any text is one inert visible line, in a paragraph, a list and a cell", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const safe = safeText(text);
        expect(harmOf(safe)).toEqual(NO_HARM);
        expect(isVisible(safe)).toBe(true);
        expect(
          shapeOf(safe).filter(
            (type) => !["root", "paragraph", "text", "inlineCode"].includes(type),
          ),
        ).toEqual([]);
        expect(harmOf(`- **x** ${safe}`)).toEqual(NO_HARM);
        const table = `| a | b |\n|---|---|\n| ${safeCell(text)} | c |`;
        expect(harmOf(table)).toEqual(NO_HARM);
        expect(shapeOf(table).filter((type) => type === "tableCell")).toHaveLength(4);
      }),
      { numRuns: 600 },
    );
  });

  test.each([
    ["a plain sentence, with 3 words (and more).", "a plain sentence, with 3 words (and more)."],
    ["comment `/factory retry`, then wait", "comment `/factory retry`, then wait"],
    ["see src/a.ts for it", "see `src/a.ts` for it"],
    ["@a @b c", "`@a @b` c"],
    ["1. first", "`1.` first"],
    ["", ""],
  ])("%j reads %j", (text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  test("a very long text is cut and says so", () => {
    const safe = safeText("word ".repeat(10_000));
    expect(safe.length).toBeLessThan(2_100);
    expect(safe.endsWith("…")).toBe(true);
  });
});

describe("safePlain", () => {
  test("no reference, mention or address survives where Markdown is not rendered", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(safePlain(text)).not.toMatch(/gh-\d|:\/\/|[#＃]\s?\d|@|\n/iu);
      }),
      { numRuns: 600 },
    );
  });
});

describe("safeBlock", () => {
  test("any text stays inside one code block, hidden characters shown", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const block = safeBlock(text, "text");
        expect(parseMarkdown(block).children.map(({ type }) => type)).toEqual(["code"]);
        expect(isVisible(block.replaceAll(/[\n\t]/g, ""))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("names what cannot be seen", () => {
    expect(safeBlock("a\u200bb\u001b[0m\u{e0041}")).toBe(
      "```\na⟨U+200B⟩b⟨U+001B⟩[0m⟨U+E0041⟩\n```",
    );
  });

  test("an odd language is dropped", () => {
    expect(safeBlock("x", "js\n@user")).toBe("```\nx\n```");
  });
});

describe("boundBody", () => {
  test("short bodies stay as they are", () => {
    expect(boundBody("a\n")).toBe("a\n");
  });

  test("long ones are cut with a notice and a closed fence", () => {
    const bounded = boundBody(`intro\n\n${safeBlock("line 🙂\n".repeat(20_000))}\n`);
    expect(bounded.length).toBeLessThanOrEqual(BODY_CHARACTERS);
    expect(parseMarkdown(bounded).children.map(({ type }) => type)).toEqual([
      "paragraph",
      "code",
      "paragraph",
    ]);
    expect(bounded).toMatch(/Cut: the whole text has \d+ characters/);
  });

  test("one long line is cut too", () => {
    const bounded = boundBody("🙂".repeat(40_000));
    expect(bounded.length).toBeLessThanOrEqual(BODY_CHARACTERS);
    expect(bounded.isWellFormed()).toBe(true);
  });
});

describe("ownLink", () => {
  test.each([
    [
      "https://github.com/OWNER/millwright/pull/2",
      "[x](https://github.com/OWNER/millwright/pull/2)",
    ],
    [
      "http://127.0.0.1:80/o/r/issues/1#issuecomment-3",
      "[x](http://127.0.0.1:80/o/r/issues/1#issuecomment-3)",
    ],
    ["https://evil.example/)[y](z", "`https://evil.example/)[y](z`"],
    ["javascript:alert(1)", "`javascript:alert(1)`"],
  ])("%j", (url, expected) => {
    expect(ownLink("x", url)).toBe(expected);
  });
});
