import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseKeyValues } from "../../../../src/twin/runner/job/command-files.ts";
import { type Command, parseCommand } from "../../../../src/twin/runner/job/commands.ts";
import { createMasker } from "../../../../src/twin/runner/job/masking.ts";
import { createLineSplitter } from "../../../../src/twin/runner/process/line-splitter.ts";

describe("parseCommand", () => {
  test.each<[string, Command | undefined]>([
    ["::error::text", { name: "error", properties: {}, data: "text" }],
    ["  \t::error::text", { name: "error", properties: {}, data: "text" }],
    ["\u0085::error::text", undefined],
    ["\uFEFF::notice::behind a mark", { name: "notice", properties: {}, data: "behind a mark" }],
    ["::ERROR::text", { name: "error", properties: {}, data: "text" }],
    [
      "::error file=a.ts,line=3,title=x%3Ay%2Cz::a%0Ab%25",
      { name: "error", properties: { file: "a.ts", line: "3", title: "x:y,z" }, data: "a\nb%" },
    ],
    ["::set-output name=a::%250A", { name: "set-output", properties: { name: "a" }, data: "%0A" }],
    ["::error file=::x", { name: "error", properties: { file: "" }, data: "x" }],
    ["text ::error::text", undefined],
    ["::unknown::text", undefined],
    ["::error", undefined],
    ["::::", undefined],
    ["##[error]text", { name: "error", properties: {}, data: "text" }],
    ["in the middle ##[warning]text", { name: "warning", properties: {}, data: "text" }],
    [
      "##[set-output name=a;other=b%5D]v%3B",
      { name: "set-output", properties: { name: "a", other: "b]" }, data: "v;" },
    ],
    ["##[section]text", undefined],
    ["##[error text", undefined],
    ["##[nope] ##[error]second is not looked at", undefined],
  ])("%j", (line, expected) => {
    expect(parseCommand(line)).toEqual(expected);
  });

  test("knows the token that ends stop-commands only while it is told", () => {
    expect(parseCommand("::my-token::", "My-Token")?.name).toBe("my-token");
    expect(parseCommand("::my-token::")).toBeUndefined();
  });

  test("a line that is neither trimmed :: nor holds ##[ is never a command", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const harmless = `| ${text.replaceAll("##[", "# #[")}`;
        expect(parseCommand(harmless)).toBeUndefined();
      }),
    );
  });
});

describe("parseKeyValues", () => {
  test.each<[string, Record<string, string>]>([
    ["", {}],
    ["a=b\n\nc=d=e\r\n", { a: "b", c: "d=e" }],
    ["a=", { a: "" }],
    ["a<<E\nline 1\nline=2\nE\nb=1", { a: "line 1\nline=2", b: "1" }],
    ["a<<E\nE\n", { a: "" }],
    ["a=1<<E", { a: "1<<E" }],
    ["a<<E=x\nv\nE=x", { a: "v" }],
    ["a=1\na=2", { a: "2" }],
  ])("%j", (text, expected) => {
    expect(Object.fromEntries(parseKeyValues(text, "output"))).toEqual(expected);
  });

  test.each(["no sign", "=value", "<<E\nE", "a<<", "a<<E\nno end", "a<<E\nE2\n E"])(
    "refuses %j",
    (text) => {
      expect(() => parseKeyValues(text, "output")).toThrow(
        "Unable to process file command 'output' successfully",
      );
    },
  );

  test("gives back every value behind a delimiter that is not in it", () => {
    const name = fc.stringMatching(/^[A-Za-z_][\w-]*$/);
    const value = fc.array(
      fc.string().filter((line) => !/[\r\n]/.test(line) && line !== "DELIMITER"),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(name, value, (key, lines) => {
        const text = `${key}<<DELIMITER\n${lines.join("\n")}\nDELIMITER\n`;
        expect(parseKeyValues(text, "env").get(key)).toBe(lines.join("\n"));
      }),
    );
  });
});

describe("the line splitter", () => {
  test("gives the same lines however the bytes are cut", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "é", "\r", "\n", "😀", ":", " ") });
    fc.assert(
      fc.property(text, fc.array(fc.nat(12)), (whole, cuts) => {
        const lines: string[] = [];
        const splitter = createLineSplitter((line) => lines.push(line));
        const bytes = Buffer.from(whole);
        let start = 0;
        for (const cut of cuts) {
          splitter.write(bytes.subarray(start, start + cut));
          start = Math.min(bytes.length, start + cut);
        }
        splitter.write(bytes.subarray(start));
        splitter.end();
        const expected = whole.split(/\r\n|\n|\r/);
        if (expected.at(-1) === "") {
          expected.pop();
        }
        expect(lines).toEqual(expected);
      }),
    );
  });

  test("cuts an endless line instead of keeping it", () => {
    const lengths: number[] = [];
    const splitter = createLineSplitter((line) => lengths.push(line.length));
    splitter.write(Buffer.alloc(200_000, "x"));
    splitter.end();
    expect(lengths).toEqual([65_536, 65_536, 65_536, 3_392]);
  });
});

describe("the masker", () => {
  const secret = 'p4ss/word+with"quote';

  test.each([
    ["as it is", (text: string) => text],
    ["in JSON", (text: string) => JSON.stringify({ text })],
    ["in a URL", (text: string) => `?q=${encodeURIComponent(text)}`],
    ["in base64", (text: string) => Buffer.from(text).toString("base64")],
    [
      "in base64 behind other bytes",
      (text: string) => Buffer.from(`user:${text}`).toString("base64"),
    ],
    ["in base64 behind one byte", (text: string) => Buffer.from(`u${text}`).toString("base64")],
  ])("hides a secret %s", (_, encode) => {
    const masker = createMasker([secret]);
    const shown = encode(secret);
    expect(masker.mask(`before ${shown} after`)).toContain("***");
    expect(masker.reveals(shown)).toBe(true);
    expect(masker.mask(shown)).not.toContain(encode(secret).slice(4, -4));
  });

  test("hides each line of a secret of several lines, and longer secrets before shorter ones", () => {
    const masker = createMasker(["line one\nline two", "abc", "abcdef"]);
    expect(masker.mask("x line two abcdef")).toBe("x *** ***");
    masker.add("  ");
    masker.add("");
    expect(masker.mask("a b")).toBe("a b");
  });

  test("leaves no trace of any secret", () => {
    const secret = fc.string({ minLength: 1 }).filter((text) => /^[^\s*]+$/.test(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        expect(createMasker([value]).mask(before + value + after)).not.toContain(value);
      }),
    );
  });
});
