import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isVisible, showHidden, withoutHidden } from "../../../src/domain/text/hidden-text.ts";
import { ANY_CHARACTER } from "../../any-character.ts";
import { cases } from "../../cases.ts";

/** One or more of every kind that threats IN-02 names, and those that existing sanitizers miss. */
const HIDDEN = [
  ["zero-width space", "\u200b"],
  ["zero-width non-joiner and joiner alone", "\u200c\u200d"],
  ["word joiner, invisible operators", "\u2060\u2061\u2062\u2063\u2064"],
  ["byte order mark", "\ufeff"],
  ["soft hyphen", "\u00ad"],
  ["combining grapheme joiner", "\u034f"],
  ["Arabic letter mark", "\u061c"],
  ["left-to-right and right-to-left marks", "\u200e\u200f"],
  ["embeddings and overrides", "\u202a\u202b\u202c\u202d\u202e"],
  ["isolates", "\u2066\u2067\u2068\u2069"],
  ["deprecated format characters", "\u206a\u206f"],
  ["Hangul fillers", "\u115f\u1160\u3164\uffa0"],
  ["Khmer inherent vowels", "\u17b4\u17b5"],
  ["Mongolian vowel separator and selectors", "\u180b\u180e\u180f"],
  ["variation selectors without a picture", "\ufe00\ufe0e\ufe0f"],
  ["variation selectors supplement", "\u{e0100}\u{e01ef}"],
  ["tags", "\u{e0001}\u{e0041}\u{e007f}"],
  ["interlinear annotations", "\ufff9\ufffa\ufffb"],
  ["object replacement", "\ufffc"],
  ["blank Braille", "\u2800"],
  ["line and paragraph separators", "\u2028\u2029"],
  ["C0 and C1 controls", "\0\b\u001b\u007f\u0085\u009b"],
  ["musical and shorthand controls", "\u{1d173}\u{1bca0}"],
  ["private use", "\ue000\u{f0000}"],
  ["unassigned and noncharacters", "\u0378\uffff\u{1fffe}"],
  ["lone surrogates", "\ud800"],
  ["a tail of selectors behind a picture", "\ufe0f\ufe0f"],
] as const;

describe("hidden text", () => {
  test.each(HIDDEN)("%s", (_name, hidden) => {
    const text = `a${hidden}b`;
    expect(isVisible(text)).toBe(false);
    expect(withoutHidden(text)).toBe("ab");
    expect(showHidden(text)).toMatch(/^a(⟨U\+[0-9A-F]{4,6}⟩)+b$/u);
  });

  test.each([["❤️"], ["👩‍💻 👨‍👩‍👧"], ["👍🏽"], ["1️⃣ #️⃣"], ["é e\u0301 漢字 한국어 العربية"], ["🇨🇭"]])(
    "%s is what people write",
    (text) => {
      expect(isVisible(text)).toBe(true);
      expect(withoutHidden(text)).toBe(text);
    },
  );

  test("tabs and line breaks are hidden, but stay where the rest is taken away or shown", () => {
    expect(isVisible("a\tb")).toBe(false);
    expect(isVisible("a\nb")).toBe(false);
    expect(withoutHidden("a\tb\nc\u200bd\re")).toBe("a\tb\ncde");
    expect(showHidden("a\tb\nc\u200bd\re")).toBe("a\tb\nc⟨U+200B⟩d⟨U+000D⟩e");
    expect(showHidden("\0")).toBe("⟨U+0000⟩");
    expect(showHidden("\u{e0041}")).toBe("⟨U+E0041⟩");
  });

  test("taking away is idempotent, and leaves what can be seen", () => {
    const parts = fc.oneof(
      fc.string({ unit: ANY_CHARACTER, maxLength: 4 }),
      fc.constantFrom("❤", "\ufe0f", "\u200d", "👩", "💻", "1", "\u20e3", "🏽", "\u{e0041}"),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
        const once = withoutHidden(pieces.join(""));
        expect(withoutHidden(once)).toBe(once);
        expect(isVisible(once.replaceAll(/[\n\t]/g, ""))).toBe(true);
      }),
      cases(1_000),
    );
  });
});
