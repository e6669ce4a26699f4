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
    ["gr[üu]n|blau", "blau", true],
    ["^(a|)b$", "b", true],
    ["a.c", "abc", true],
    ["a.c", "a\nc", false],
    ["\\n", "a\nb", true],
    ["\\n", "anb", false],
    ["[\\n]", "\n", true],
    ["[\\n-\\r]", "\v", true],
    ["[b-d]", "b", true],
    ["[b-d]", "c", true],
    ["[b-d]", "d", true],
    ["[b-d]", "a", false],
    ["[b-d]", "e", false],
    ["[b-b]", "b", true],
    ["[a-]", "-", true],
    ["^colou?r$", "color", true],
    ["^colou?r$", "colouur", false],
    ["^a{2,}$", "aaaa", true],
    ["^a{2,3}$", "aaaa", false],
    ["^a{1,3}$", "aa", true],
    ["^(ab){0,2}c$", "abc", true],
    ["a{200}", "a".repeat(200), true],
  ])("%s on %s: %s", (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));

  test.each([
    ["(?=a)", /look-around/, 1],
    ["(?<year>a)", /named group/, 1],
    ["(a)\\1", /\\1, which is not supported/, 3],
    ["\\bword\\b", /\\b, which is not supported/, 0],
    ["(a", /\( without its \)/, 0],
    ["a)", /\) without its \(/, 1],
    ["[a", /\[ without its \]/, 0],
    ["[z-a]", /wrong order/, 1],
    ["a{3,2}", /wrong order/, 1],
    ["*a", /nothing to repeat/, 0],
    ["a**", /nothing to repeat/, 2],
    ["^*", /repeated anchor/, 2],
    ["a\\", /\\ at the end/, 1],
    ["(a{200}){200}", /steps when written out/, 0],
    ["a{999}", /more than 200 repetitions/, 1],
    ["(".repeat(30), /nested groups/, 21],
    ["a{0,999}", /more than 200 repetitions/, 1],
    ["a{201,}", /more than 200 repetitions/, 1],
    ["+a", /nothing to repeat/, 0],
    ["(?a)", /look-around/, 1],
    ["a|?", /nothing to repeat/, 2],
    ["a+?*", /nothing to repeat/, 3],
    ["[a-", /\[ without its \]/, 1],
    ["[\\", /\\ at the end/, 1],
    ["[\\d-z]", /wrong order/, 1],
    ["[a-\\d]", /wrong order/, 1],
    ["(a{200}|b{200}|c{200}|d)", /steps when written out/, 0],
    ["(a{200}b{200}c{200})*", /steps when written out/, 0],
    ["(a{200}b{200}c{200})?", /steps when written out/, 0],
  ])("says what is wrong with %s, and where", (pattern, fault, at) => {
    expect(compilePattern(pattern)).toEqual({ fault: expect.stringMatching(fault), at });
  });

  test.each([
    [501, true],
    [502, false],
  ])("of %i characters: %j", (count, possible) => {
    expect("matches" in compilePattern("a".repeat(count))).toBe(possible);
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
