import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseStrictJson } from "../../../src/control/observed/strict-json.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("strict JSON", () => {
  test("reads every JSON value as the standard parser does", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes("__proto__"));
        expect(parseStrictJson(bytes(text))).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  test("reads a value that was written with blanks", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 2);
        fc.pre(!text.includes("__proto__"));
        expect(parseStrictJson(bytes(text))).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  test("refuses any key that stands twice in an object, however it is written", () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (key, value) => {
        fc.pre(key !== "__proto__");
        const name = JSON.stringify(key);
        const escaped = `"${[...key]
          .flatMap((letter) => letter.split(""))
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
          .join("")}"`;
        const text = `{"a\\"b": [${JSON.stringify(value)}, {${name}: {}, ${escaped} : 1}]}`;
        fc.pre(!text.includes("__proto__"));
        expect(parseStrictJson(bytes(text))).toHaveProperty("fault");
      }),
    );
  });

  test.each([
    ['{"__proto__": {}}', "__proto__"],
    ['{"a": {"\\u005f_proto__": 1}}', "__proto__"],
    ['{"a":1,"b":{"a":1},"a":2}', '"a" twice'],
    ["{", "one JSON value"],
    ["{} {}", "one JSON value"],
    ["\ufeff{}", "one JSON value"],
    ["", "one JSON value"],
  ])("refuses %s", (text, fault) => {
    expect(parseStrictJson(bytes(text))).toEqual({ fault: expect.stringContaining(fault) });
  });

  test("refuses bytes that are not UTF-8", () => {
    expect(parseStrictJson(new Uint8Array([0x22, 0xff, 0x22]))).toHaveProperty("fault");
  });

  test("refuses nests that are deeper than anything we write, by braces or brackets", () => {
    const nest = (depth: number) => `${'[{"a":'.repeat(depth)}1${"}]".repeat(depth)}`;
    expect(parseStrictJson(bytes(nest(16)))).toHaveProperty("value");
    expect(parseStrictJson(bytes(nest(17)))).toEqual({ fault: expect.stringContaining("32") });
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(parseStrictJson(bytes(deep))).toHaveProperty("fault");
  });

  test("takes strings of megabytes", () => {
    const long = JSON.stringify({ a: '\\"{}'.repeat(1_000_000), b: 1 });
    expect(parseStrictJson(bytes(long))).toHaveProperty("value");
  });
});
