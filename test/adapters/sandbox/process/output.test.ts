import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundOutput } from "../../../../src/adapters/sandbox/process/output.ts";

function bound(chunks: readonly string[], headBytes = 4, tailBytes = 6) {
  const output = boundOutput({ headBytes, tailBytes });
  for (const chunk of chunks) output.add(Buffer.from(chunk));
  return output;
}

describe("boundOutput", () => {
  test.each([
    [[], ""],
    [["abc"], "abc"],
    [["abcd", "efghij"], "abcdefghij"],
    [["abcdefghijk"], "abcd\n[... 1 bytes left out ...]\nfghijk"],
    [["ab", "cdXXXX", "XX", "efghij"], "abcd\n[... 6 bytes left out ...]\nefghij"],
  ])("%j", (chunks, expected) => {
    expect(bound(chunks).text()).toBe(expected);
  });

  test("joins a character that two chunks share", () => {
    const output = boundOutput({ headBytes: 4, tailBytes: 6 });
    for (const byte of Buffer.from("a€b")) output.add(Buffer.from([byte]));
    expect(output.text()).toBe("a€b");
  });

  test("keeps the same whatever the chunks are, and counts all bytes", () => {
    const chunks = fc.array(fc.string({ unit: "grapheme-ascii", maxLength: 20 }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(chunks, (parts) => {
        const whole = parts.join("");
        const output = bound(parts, 5, 9);
        expect(output.bytes).toBe(whole.length);
        expect(output.text()).toBe(bound([whole], 5, 9).text());
        if (whole.length <= 14) expect(output.text()).toBe(whole);
        else expect(output.text().startsWith(whole.slice(0, 5))).toBe(true);
      }),
    );
  });

  test("keeps a long head that comes in small pieces without copying it each time", () => {
    const output = boundOutput({ headBytes: 50_000_000, tailBytes: 10 });
    const chunk = Buffer.alloc(1_000, "x");
    for (let index = 0; index < 50_000; index += 1) output.add(chunk);
    output.add(Buffer.from("the end"));
    expect(output.text().length).toBe(50_000_007);
  });

  test("does not keep a flood", () => {
    const output = boundOutput({ headBytes: 10, tailBytes: 10 });
    const chunk = Buffer.alloc(1_000_000, "x");
    for (let index = 0; index < 200; index += 1) output.add(chunk);
    expect(output.bytes).toBe(200_000_000);
    expect(output.text()).toHaveLength(10 + 10 + "\n[... 199999980 bytes left out ...]\n".length);
  });
});
