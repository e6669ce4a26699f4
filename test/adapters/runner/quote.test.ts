import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainLine, quoteLines } from "../../../src/adapters/runner/quote.ts";
import * as twin from "../../../src/twin/runner/job/commands.ts";
import { createLineSplitter } from "../../../src/twin/runner/process/line-splitter.ts";
import { ANY_CHARACTER } from "../../any-character.ts";
import { cases } from "../../cases.ts";
import { commandsIn, parseCommand } from "./command-parser.ts";

const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."::|set-env name=X::v|##[|#|[|]|add-path|\n|\r|\r\n|\u0085|\u2028|\u2029|\v|\f|\uFEFF|\u200B|\u00AD|\u202E|\x1b[2K|\0| |\t|\u00A0|\u3000|stop-commands::x|error file=a::".split(
          "|",
        ),
      ),
      fc.string({ unit: ANY_CHARACTER, maxLength: 5 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

describe("the parser that the tests trust", () => {
  test.each([
    ["::set-env name=A::b", "set-env"],
    ["  ::add-mask::x", "add-mask"],
    ["\uFEFF::warning::x", "warning"],
    ["text ##[set-env name=A]b", "set-env"],
    ["text ::set-env::x", undefined],
    ["##[]", undefined],
    ["plain", undefined],
  ])("%j: %s", (line, expected) => {
    expect(parseCommand(line)).toBe(expected);
  });
});

describe("quoteLines", () => {
  test.each([
    ["one\ntwo", ["| one", "| two"]],
    ["a\r::set-output name=x::y", ["| a", "| ::set-output name=x::y"]],
    ["a\u0085::x::y", ["| a", "| ::x::y"]],
    ["a\u2028b", ["| a", "| b"]],
    ["\uFEFF::error::x", ["| ::error::x"]],
    ["x ##[error]y", ["| x ##\u00A0[error]y"]],
    ["##\u200B[error]y", ["| ##\u00A0[error]y"]],
    ["\x1b[31mred\x1b[0m\tkept", ["| red\tkept"]],
    ["", ["| "]],
  ])("%j", (text, expected) => {
    expect(quoteLines(text)).toEqual(expected);
  });

  test("leaves no command, however the log is cut into lines", () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        expect(commandsIn(quoteLines(text).join("\n"))).toEqual([]);
      }),
      cases(2_000),
    );
  });

  test("is no command for the runner of the twin either, in whatever chunks it arrives", () => {
    fc.assert(
      fc.property(HOSTILE, fc.integer({ min: 1, max: 9 }), (text, size) => {
        const bytes = Buffer.from(`${quoteLines(text).join("\n")}\n`);
        const lines: string[] = [];
        const splitter = createLineSplitter((line) => lines.push(line));
        for (let at = 0; at < bytes.length; at += size)
          splitter.write(bytes.subarray(at, at + size));
        splitter.end();
        expect(lines.filter((line) => twin.parseCommand(line) !== undefined)).toEqual([]);
        expect(lines.every((line) => line.startsWith("| "))).toBe(true);
      }),
      cases(1_000),
    );
  });

  test("marks every piece of a line so long that a reader would cut it", () => {
    const long = `${"🙂".repeat(4_000)}##[error]x${"::error::x".repeat(20_000)}`;
    const lines = quoteLines(long);
    expect(lines.every((line) => line.startsWith("| ") && line.length <= 8_002)).toBe(true);
    expect(lines.every((line) => line.isWellFormed())).toBe(true);
    expect(commandsIn(lines.join("\n"))).toEqual([]);
    expect(lines.map((line) => line.slice(2)).join("")).toBe(long.replace("##[", "##\u00A0["));
  });

  test("says the same when it is quoted twice, but for the marks", () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        const once = quoteLines(text);
        expect(quoteLines(once.join("\n"))).toEqual(once.map((line) => `| ${line}`));
      }),
    );
  });
});

describe("plainLine", () => {
  test("is cut where a reader would cut it", () => {
    expect(plainLine(`${"a".repeat(70_000)}::error::x`)).toBe(`${"a".repeat(4_000)} …`);
  });

  test("stays one line without a command", () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        const line = plainLine(text);
        expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029]/u);
        expect(commandsIn(line)).toEqual([]);
      }),
      cases(2_000),
    );
  });
});
