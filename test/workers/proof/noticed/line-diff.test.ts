import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Difference, diffLines } from "../../../../src/workers/proof/noticed/line-diff.ts";

const of = (text: string) => [...text];
const told = (found: readonly Difference[]) =>
  found.map(({ before, after, lines }) => `${before.join("-")} to ${after.join("-")}: ${lines}`);

/** A line is a letter. */
test.each<readonly [string, string, readonly string[]]>([
  ["", "", []],
  ["ab", "ab", []],
  ["", "ab", ["0-0 to 0-2: 2"]],
  ["ab", "", ["0-2 to 0-0: 2"]],
  // One more of a line, or one less: nothing is counted as equal twice.
  ["a", "aa", ["1-1 to 1-2: 1"]],
  ["aa", "a", ["1-2 to 1-1: 1"]],
  ["abab", "ab", ["2-4 to 2-2: 2"]],
  ["abc", "axc", ["1-2 to 1-2: 2"]],
])("from %j to %j", (before, after, expected) => {
  expect(told(diffLines(of(before), of(after)))).toEqual(expected);
});

/** Length of the longest list that both hold in order, by the definition. */
function shared(left: readonly string[], right: readonly string[]): number {
  let row = new Array<number>(right.length + 1).fill(0);
  for (const one of left) {
    const next = [0];
    for (const [at, other] of right.entries())
      next.push(one === other ? (row[at] ?? 0) + 1 : Math.max(next[at] ?? 0, row[at + 1] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe("the differences of two texts", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 24 });

  test("are as few lines as can be", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after).reduce((sum, one) => sum + one.lines, 0);
        expect(lines).toBe(before.length + after.length - 2 * shared(before, after));
      }),
    );
  });

  test("stand in order, apart from each other, and make the one out of the other", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const made: string[] = [];
        let at = 0;
        for (const one of diffLines(before, after)) {
          expect(one.before[0]).toBeGreaterThanOrEqual(at + (at === 0 ? 0 : 1));
          made.push(...before.slice(at, one.before[0]), ...after.slice(...one.after));
          at = one.before[1];
        }
        expect([...made, ...before.slice(at)]).toEqual(after);
      }),
    );
  });

  /** `count` lines that differ, a line that both have, `count` lines that differ, and what both end with. */
  const halves = (word: string, count: number) => {
    const some = (part: string) => Array.from({ length: count }, (_, at) => `${word}${part}${at}`);
    return ["same", ...some("x"), "middle", ...some("y"), "end"];
  };

  test.each([
    [375, ["1-376 to 1-376: 750", "377-752 to 377-752: 750"]],
    [376, ["1-754 to 1-754: 1506"]],
  ] as const)("are looked for up to 1,500 lines: %i four times", (count, expected) => {
    expect(told(diffLines(halves("a", count), halves("b", count)))).toEqual(expected);
  });
});
