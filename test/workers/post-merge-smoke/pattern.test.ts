import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern } from "../../../src/workers/post-merge-smoke/pattern.ts";
import { cases } from "../../cases.ts";

function matches(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern);
  if ("fault" in compiled) throw new Error(`${pattern}: ${compiled.fault}`);
  return compiled.matches(text);
}

const LETTERS = fc.constantFrom(
  "a",
  "b",
  ".",
  "[ab]",
  "[^a]",
  "[a-c]",
  "\\d",
  "\\w",
  "\\S",
  "\\.",
  "c",
);
/** Expressions of one group within another: deeper ones keep the engine they are compared with busy for minutes. */
function expressions(atom: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const quantifier = fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?");
  const part = fc.tuple(atom, quantifier).map(([one, many]) => `${one}${many}`);
  const parts = fc.array(part, { maxLength: 2 });
  return fc.tuple(parts, fc.constantFrom("", "|")).map(([list, between]) => list.join(between));
}
const grouped = (inner: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom("(", "(?:"), inner).map(([open, text]) => `${open}${text})`);
const FLAT = expressions(LETTERS);
const PATTERN = expressions(fc.oneof(LETTERS, grouped(FLAT)));

describe("compilePattern", () => {
  test.each([
    ['"ok":\\s*true', '{"ok":  true}', true],
    ['"ok":\\s*true', '{"ok": false}', false],
    ["^ok$", "ok", true],
    ["^ok$", "not ok", false],
    ["v\\d+\\.\\d+", "version v12.4", true],
    ["[^\\]]", "]", false],
    ["[a\\-z]", "-", true],
    ["gr[üu]n|blau", "grün", true],
    ["a{3}", "aa", false],
    ["a{,3}", "a{,3}", true],
    ["", "anything", true],
    ["\\$\\{x\\}", "${x}", true],
  ])("%s on %s: %s", (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));

  test.each([
    ["(?=a)", /look-around/],
    ["(?<year>a)", /named group/],
    ["(a)\\1", /\\1, which is not supported/],
    ["\\bword\\b", /\\b, which is not supported/],
    ["(a", /\( without its \)/],
    ["a)", /\) without its \(/],
    ["[a", /\[ without its \]/],
    ["[z-a]", /wrong order/],
    ["a{3,2}", /wrong order/],
    ["*a", /nothing to repeat/],
    ["a**", /nothing to repeat/],
    ["^*", /repeated anchor/],
    ["a\\", /\\ at the end/],
    ["(a{200}){200}", /steps when written out/],
    ["a{999}", /more than 200 repetitions/],
    ["(".repeat(30), /nested groups/],
  ])("says what is wrong with %s", (pattern, fault) => {
    expect(compilePattern(pattern)).toEqual({
      fault: expect.stringMatching(fault),
      at: expect.any(Number),
    });
  });

  test("agrees with JavaScript's own engine", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", ".", "\n"), maxLength: 5 });
    fc.assert(
      fc.property(
        PATTERN,
        fc.constantFrom("", "^"),
        fc.constantFrom("", "$"),
        text,
        (pattern, start, end, body) => {
          const whole = `${start}(?:${pattern})${end}`;
          expect([whole, matches(whole, body)]).toEqual([whole, new RegExp(whole, "u").test(body)]);
        },
      ),
      cases(1_000),
    );
  });

  test("never throws on any text", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 20 }), (pattern, body) => {
        const compiled = compilePattern(pattern);
        if ("matches" in compiled) compiled.matches(body);
      }),
    );
  });

  // These keep a backtracking engine busy for longer than anyone waits: finishing at all is the assertion.
  test.each(["(a*)*b", "(a|a)*b", "(a|aa)+$b", "(a*)*(a*)*b", "a*a*a*a*b"])(
    "is not kept busy by %s",
    (pattern) => {
      expect(matches(pattern, "a".repeat(65_536))).toBe(false);
    },
  );
});
