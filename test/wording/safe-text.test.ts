import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isVisible } from "../../src/domain/text/hidden-text.ts";
import {
  BODY_CHARACTERS,
  boundBody,
  ownLink,
  safeBlock,
  safeCell,
  safePlain,
  safeText,
} from "../../src/wording/safe-text.ts";
import { cases } from "../cases.ts";
import { CLOSING, HOSTILE, hostileText, MESSAGE_ORDERS } from "./hostile-text.ts";
import { harmOf, parseMarkdown, shapeOf, textsOf } from "./markdown-tree.ts";

const NO_HARM = { images: 0, html: [], links: [], live: [] };

/** What only prose of others must not hold outside code: pictures by name, math. Our own figures have one or the other. */
const ODD = /:[a-z0-9_+-]+:|\$/iu;

describe("safeText", () => {
  test("every known form is inert", () => {
    for (const text of [...HOSTILE, ...MESSAGE_ORDERS]) {
      const safe = safeText(text);
      expect(harmOf(safe), text).toEqual(NO_HARM);
      expect(isVisible(safe), text).toBe(true);
      expect(safe, text).not.toMatch(/^[/>#]|\n/u);
      expect(
        textsOf(safe).filter((part) => ODD.test(part)),
        text,
      ).toEqual([]);
    }
  });

  test("any text is one inert visible line, in a paragraph, a list and a cell", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const safe = safeText(text);
        expect(harmOf(safe)).toEqual(NO_HARM);
        expect(isVisible(safe)).toBe(true);
        expect(textsOf(safe).filter((part) => ODD.test(part))).toEqual([]);
        expect(safe).not.toMatch(/^[/>#]|\n/u);
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
      cases(600),
    );
  });

  test.each([
    ["a plain sentence, with 3 words (and more).", "a plain sentence, with 3 words (and more)."],
    ["comment `/factory retry`, then wait", "comment `/factory retry`, then wait"],
    ["see src/a.ts, src/b.ts: both", "see `src/a.ts`, `src/b.ts`: both"],
    ["read docs/x.md.", "read `docs/x.md`."],
    ["what is src/a.ts?", "what is `src/a.ts`?"],
    ["see src/a.ts for it", "see `src/a.ts` for it"],
    ["@a @b c", "`@a @b` c"],
    ["1. first", "`1.` first"],
    ["/merge it", "`/merge` it"],
    ["it is 10:30:15 now", "it is `10:30:15` now"],
    ["and/or 3/4", "and/or 3/4"],
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

/** Mentions, references, addresses, `[skip ci]`, trailers, commits. */
const LIVE_PLAIN =
  /gh-\d|:\/\/|[#＃]\s?\d|[@＠]|\n|\[[^\]]*\]|no_ci|(-by|skip-checks|release-as|change-id)\s*:|(?<![0-9a-z])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}(?![0-9a-z])/iu;

describe("safePlain", () => {
  test("no reference, mention or address survives where Markdown is not rendered", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(safePlain(text)).not.toMatch(LIVE_PLAIN);
      }),
      cases(600),
    );
  });

  test("no known form does either", () => {
    for (const text of [...HOSTILE, ...CLOSING, ...MESSAGE_ORDERS]) {
      expect(safePlain(text), text).not.toMatch(LIVE_PLAIN);
    }
  });

  test.each([
    ["Skip a row [skip ci]", "Skip a row (skip ci)"],
    ["Fix it\n\nCo-authored-by: a <a@b>", "Fix it Co-authored by: a <a(at)b>"],
    ["as of deadbee1", "as of deadbe…"],
    ["effaced 1000000 times", "effaced 1000000 times"],
    ["stand-by mode: stays", "stand-by mode: stays"],
    ["feat: add it", "feat: add it"],
    ["see WWW.example.com", "see www example.com"],
    ["no_ci, skip_ci", "no ci, skip ci"],
    ["#1, # 2, gh-3", "no. 1, no. 2, gh 3"],
    ["pull/4, issues/a", "pull 4, issues a"],
  ])("%j reads %j", (text, expected) => {
    expect(safePlain(text)).toBe(expected);
  });
});

describe("safeBlock", () => {
  test("any text stays inside one code block, hidden characters shown", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const block = safeBlock(text);
        expect(parseMarkdown(block).children.map(({ type }) => type)).toEqual(["code"]);
        expect(isVisible(block.replaceAll(/[\n\t]/g, ""))).toBe(true);
      }),
      cases(400),
    );
  });

  test("names what cannot be seen", () => {
    expect(safeBlock("a\u200bb\u001b[0m\u{e0041}")).toBe(
      "```\na⟨U+200B⟩b⟨U+001B⟩[0m⟨U+E0041⟩\n```",
    );
  });

  test("names no language: nothing of others is drawn, or offered to be committed", () => {
    expect(safeBlock("```suggestion\nrm\n```")).toBe("````\n```suggestion\nrm\n```\n````");
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

  test("a line that does not fit is left out whole: half of it could be open", () => {
    const bounded = boundBody(`first\n${safeText("@a ".repeat(500)).repeat(100)}`);
    expect(bounded).toMatch(/^first\n\n_Cut: /);
    expect(boundBody("🙂".repeat(40_000))).toMatch(/^\n\n_Cut: /);
  });

  test("a fence too long to be closed is left out with what it holds", () => {
    const block = safeBlock(`${"`".repeat(400)}\n${"@user\n".repeat(20_000)}`);
    expect(boundBody(`first\n\n${block}`)).toMatch(/^first\n\n\n\n_Cut: /);
  });

  test("says where the whole is", () => {
    const whole = ownLink("The run", "https://github.com/OWNER/millwright/actions/runs/1");
    expect(
      boundBody("a\n".repeat(40_000), { whole }).trimEnd().endsWith(`fit here._ ${whole}`),
    ).toBe(true);
  });

  test("a cut opens nothing, wherever it falls, and cutting again changes nothing", () => {
    const piece = fc.oneof(
      hostileText().map((text) => `- ${safeText(text)}`),
      hostileText().map((text) => `\n${safeBlock(text)}\n`),
      hostileText().map((text) => `**x** ${safeText(text)}\n`),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 5, maxLength: 20 }),
        fc.integer({ min: 500, max: 2_000 }),
        (pieces, characters) => {
          const bounded = boundBody(pieces.join("\n").repeat(4), { characters });
          expect(bounded.length).toBeLessThanOrEqual(characters);
          expect(bounded.isWellFormed()).toBe(true);
          expect(harmOf(bounded)).toEqual(NO_HARM);
          expect(boundBody(bounded, { characters })).toBe(bounded);
        },
      ),
      cases(300),
    );
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
