import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUtf8Text, showBytes, withoutCutCharacter } from "../../../src/domain/text/show-bytes.ts";
import { ANY_CHARACTER } from "../../any-character.ts";
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
    fc.property(fc.string({ unit: ANY_CHARACTER, minLength: 1, maxLength: 6 }), (text) => {
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

/** Bytes in hexadecimal. */
const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("the bounds of a character", () => {
  test.each([
    ["the last of one byte", "7f", true],
    ["a later byte alone", "80", false],
    ["a beginning that is too long a form", "c1 bf", false],
    ["the first of two bytes", "c2 80", true],
    ["the last of two bytes", "df bf", true],
    ["a second byte below its range", "c2 7f", false],
    ["a second byte above its range", "df c0", false],
    ["the first of three bytes", "e0 a0 80", true],
    ["too long a form of three bytes", "e0 9f bf", false],
    ["the last before the surrogates", "ed 9f bf", true],
    ["the first surrogate", "ed a0 80", false],
    ["the first behind the surrogates", "ee 80 80", true],
    ["the last of three bytes", "ef bf bf", true],
    ["a third byte below its range", "e1 80 7f", false],
    ["the first of four bytes", "f0 90 80 80", true],
    ["too long a form of four bytes", "f0 8f bf bf", false],
    ["the last character", "f4 8f bf bf", true],
    ["one beyond the last character", "f4 90 80 80", false],
    ["a beginning beyond the last one", "f5 80 80 80", false],
    ["a fourth byte above its range", "f1 80 80 c0", false],
  ])("%s: %s", (_what, hex, isOne) => {
    const bytes = bytesOf(hex);
    expect(isUtf8Text(bytes)).toBe(isOne);
    // Behind a byte that is none, every other byte is looked at alone.
    const shown = isOne ? bytes.toString() : showEach(bytes);
    expect(showBytes(Buffer.concat([bytes, Buffer.from("\xff!", "latin1")]))).toBe(
      `${shown}\\x{ff}!`,
    );
  });

  test.each([
    ["one of two bytes", "61 c2", "61"],
    ["two of three bytes", "61 e2 82", "61"],
    ["one of three bytes", "e2", ""],
    ["three of four bytes", "61 f0 9f 98", "61"],
    ["two of four bytes", "61 f0 9f", "61"],
    ["nothing of none", "", ""],
    ["a whole one of two bytes", "61 c3 bc", "61 c3 bc"],
    ["a whole one of four bytes", "f0 9f 98 80", "f0 9f 98 80"],
    ["a later byte behind plain text", "61 80", "61 80"],
    ["more later bytes than any character has", "e2 80 80 80", "e2 80 80 80"],
    ["a beginning and a later byte that is not its own", "e0 80", ""],
    ["two bytes of which the second is not of the first", "c2 c2", "c2"],
    ["what begins no character", "61 c1", "61 c1"],
    ["what begins none beyond the last", "61 f5", "61 f5"],
    ["the last that begins one", "61 f4", "61"],
    ["two later bytes behind what has one", "c3 bc bc", "c3 bc bc"],
  ])("at the end, %s", (_what, hex, expected) => {
    expect(Buffer.from(withoutCutCharacter(bytesOf(hex)))).toEqual(bytesOf(expected));
  });
});

/** Bytes without a character of several among them. */
function showEach(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x{${byte.toString(16)}}`))
    .join("");
}
