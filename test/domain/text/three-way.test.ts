import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeRegions } from "../../../src/domain/text/three-way.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const merged = (base: string, ours: string, theirs: string) =>
  mergeRegions({ base: bytes(base), ours: bytes(ours), theirs: bytes(theirs) });
const textOf = (regions: ReturnType<typeof mergeRegions>) =>
  regions?.flatMap((region) => ("agreed" in region ? region.agreed : ["?"])).join("\n");

describe("three texts", () => {
  test.each([
    ["a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"],
    ["a\r\nb\r\n", "a\r\nb\r\nx\r\n", "y\r\na\r\nb\r\n", "y\r\na\r\nb\r\nx\r\n"],
    ["a\n", "b\n", "b\n", "b\n"],
    ["", "a\n", "", "a\n"],
    ["a", "a", "", ""],
    ["a\n", "b\n", "c\n", "?\n"],
  ])("of %j, %j and %j make %j", (base, ours, theirs, text) => {
    expect(textOf(merged(base, ours, theirs))).toBe(text);
  });

  test.each([
    ["no text", new Uint8Array([0xff, 0xfe])],
    ["a byte of nothing", bytes("a\0b")],
    ["more lines than can be merged", bytes("a\n".repeat(5_001))],
  ])("%s is undefined", (_, odd) => {
    const text = bytes("a\n");
    expect(mergeRegions({ base: odd, ours: text, theirs: text })).toBeUndefined();
    expect(mergeRegions({ base: text, ours: odd, theirs: text })).toBeUndefined();
    expect(mergeRegions({ base: text, ours: text, theirs: odd })).toBeUndefined();
  });
});

const line = fc.constantFrom("a", "b", "c");
const text = fc
  .array(line, { maxLength: 6 })
  .map((lines) => lines.map((one) => `${one}\n`).join(""));

test("who changes nothing gets what the other one wrote, from either side", () => {
  fc.assert(
    fc.property(text, text, (base, other) => {
      expect(textOf(merged(base, base, other))).toBe(other);
      expect(textOf(merged(base, other, base))).toBe(other);
    }),
  );
});
