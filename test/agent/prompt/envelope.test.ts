import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createFence,
  type Fence,
  makeNameVisible,
  makeVisible,
  parseUntrusted,
  renderAnswer,
  renderUntrusted,
} from "../../../src/agent/prompt/envelope.ts";
import { ANY_CHARACTER } from "../../any-character.ts";
import { cases } from "../../cases.ts";

const FENCE: Fence = "DATA-0123456789abcdef0123456789abcdef";
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[^\P{Cc}\n]/u;

/** Text of every kind, with the fence, its parts and escapes thrown in. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: ANY_CHARACTER }),
      fc.string(),
      fc.constantFrom(
        FENCE,
        `</${FENCE}>`,
        FENCE.slice(0, 9),
        "\\u{44}",
        "\\",
        '"',
        "\u202e",
        "\u200b",
        "\u{e0041}",
        "\ud800",
        "\r\n",
      ),
    ),
  )
  .map((parts) => parts.join(""));

describe("renderUntrusted", () => {
  test("whatever the text is, the fence stands in it exactly twice", () => {
    fc.assert(
      fc.property(text, text, text, (kind, provenance, body) => {
        const rendered = renderUntrusted({ kind, provenance, text: body }, FENCE);
        expect(rendered.split(FENCE)).toHaveLength(3);
        expect(rendered.startsWith(`<${FENCE}>\n`) && rendered.endsWith(`\n</${FENCE}>`)).toBe(
          true,
        );
        expect(rendered.split("\n")).toHaveLength(5);
      }),
    );
  });

  test("parse gives back what was rendered", () => {
    fc.assert(
      fc.property(text, text, (kind, body) => {
        const data = { kind, provenance: "ada (id 7), permission read", text: body };
        expect(parseUntrusted(renderUntrusted(data, FENCE), FENCE)).toEqual(data);
      }),
    );
  });

  test("nothing hidden is left", () => {
    fc.assert(
      fc.property(text, (body) => {
        const rendered = renderUntrusted({ kind: "issue", provenance: "x", text: body }, FENCE);
        expect(HIDDEN.test(rendered)).toBe(false);
      }),
    );
  });

  test.each([
    ["a zero-width space", "a\u200bb", "a\\u{200b}b"],
    ["a bidirectional override", "\u202eabc", "\\u{202e}abc"],
    ["a tag character", "\u{e0041}", "\\u{e0041}"],
    ["a C1 control", "\u0085", "\\u{85}"],
    ["a variation selector", "x\ufe0f", "x\\u{fe0f}"],
    ["an escape sequence", "\u001b[31m", "\\u001b[31m"],
  ])("%s is written out", (_name, body, expected) => {
    const rendered = renderUntrusted({ kind: "issue", provenance: "x", text: body }, FENCE);
    expect(rendered).toContain(`text: "${expected}"`);
  });

  test("an envelope of another fence is not read", () => {
    const rendered = renderUntrusted({ kind: "a", provenance: "b", text: "c" }, FENCE);
    expect(() => parseUntrusted(rendered, createFence())).toThrow(SyntaxError);
  });
});

test("a fence is new every time and can be no part of an escape", () => {
  expect(createFence()).not.toBe(createFence());
  expect(createFence()).toMatch(/^DATA-[0-9a-f]{16}$/);
});

describe("renderAnswer", () => {
  test("whatever a tool answers, the fence stands in it exactly twice and nothing hidden is left", () => {
    fc.assert(
      fc.property(text, (answer) => {
        const rendered = renderAnswer(answer, FENCE);
        expect(rendered.split(FENCE)).toHaveLength(3);
        expect(rendered.startsWith(`<${FENCE}>\n`)).toBe(true);
        expect(rendered.endsWith(`\n</${FENCE}>`)).toBe(true);
        expect(HIDDEN.test(rendered.replaceAll(/\r\n|\t/g, ""))).toBe(false);
      }),
      cases(400),
    );
  });

  test("lines, quotes and backslashes stay as they are: a coder copies them to the letter", () => {
    const code = 'const a = "\\u{e9}";\n\tif (a) {}\r\n# ❤️ 👩‍💻 1️⃣ é 漢 می';
    expect(renderAnswer(code, FENCE)).toBe(`<${FENCE}>\n${code}\n</${FENCE}>`);
  });

  test("a text of hidden characters is bounded when it is written out", () => {
    const rendered = renderAnswer("\u{e0041}".repeat(32_000), FENCE);
    expect(rendered.length).toBeLessThan(48_200);
    expect(rendered).toMatch(/… \(\d+ more characters\)\n<\/DATA/);
  });
});

test.each([
  ["lines, tabs and CRLF stay", "a\tb\r\nc\u200d", "a\tb\r\nc\\u{200d}"],
  ["a carriage return alone would overwrite its line", "good\rbad", "good\\u{d}bad"],
  ["emoji keep what makes them one picture", "❤️👩‍💻1️⃣", "❤️👩‍💻1️⃣"],
  ["and nothing more", "❤\ufe0f\ufe0f\u200d", "❤\ufe0f\\u{fe0f}\\u{200d}"],
  ["private use, unassigned, blank Braille", "\ue000\u0378\u2800", "\\u{e000}\\u{378}\\u{2800}"],
])("makeVisible: %s", (_name, hidden, shown) => {
  expect(makeVisible(hidden)).toBe(shown);
});

test("a name with a line break in it stays one line", () => {
  expect(makeNameVisible("a\nb\tc\u202e")).toBe("a\\u{a}b\\u{9}c\\u{202e}");
});
