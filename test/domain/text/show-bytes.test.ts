import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUtf8Text, showBytes, withoutCutCharacter } from "../../../src/domain/text/show-bytes.ts";
import { cases } from "../../cases.ts";

describe("showBytes", () => {
  test.each([
    ["plain\r\n", "plain\r\n"],
    ["Gr\xfc\xdfe", "Gr\\x{fc}\\x{df}e"],
    ["\xff\xfea\0", "\\x{ff}\\x{fe}a\0"],
    ["\xef\xbb\xbfx", "\ufeffx"],
    ["\xc3\xbc\xfc", "ü\\x{fc}"],
    // An overlong form, a surrogate and a character beyond the last one are no characters.
    ["\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80", /^(\\x\{[0-9a-f]{2}\}){9}$/],
    ["", ""],
  ])("%j", (bytes, expected) => {
    expect(showBytes(Buffer.from(bytes, "latin1"))).toEqual(
      typeof expected === "string" ? expected : expect.stringMatching(expected),
    );
  });

  test("loses nothing: what is shown can be read back, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (given) => {
        const bytes = Uint8Array.from(given);
        const shown = showBytes(bytes);
        fc.pre(!Buffer.from(bytes).toString("latin1").includes("\\x{"));
        const back = shown.split(/(\\x\{[0-9a-f]{2}\})/).map((part) => {
          const hex = /^\\x\{([0-9a-f]{2})\}$/.exec(part)?.[1];
          return hex === undefined ? Buffer.from(part) : Buffer.from(hex, "hex");
        });
        expect(Buffer.concat(back)).toEqual(Buffer.from(bytes));
        expect(isUtf8Text(bytes)).toBe(Buffer.from(Buffer.from(bytes).toString()).equals(bytes));
      }),
      cases(500),
    );
  });
});

test("a cut character is left out, a whole one and a byte that is none stay", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 6 }), (text) => {
      const bytes = Buffer.from(text);
      const last = Buffer.byteLength([...text.toWellFormed()].at(-1) ?? "");
      expect(withoutCutCharacter(bytes)).toEqual(bytes);
      for (let cut = 1; cut < last; cut += 1) {
        expect(withoutCutCharacter(bytes.subarray(0, -cut))).toEqual(bytes.subarray(0, -last));
      }
    }),
    cases(200),
  );
  const latin = Buffer.from("caf\xe9!", "latin1");
  expect(withoutCutCharacter(latin)).toEqual(latin);
});
