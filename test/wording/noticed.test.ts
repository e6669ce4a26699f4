import { expect, test } from "vitest";
import type { NoticedHunk } from "../../src/domain/evidence/noticed.ts";
import { sayNotices } from "../../src/wording/criteria/notices.ts";
import { sayLeft, sayNoticed } from "../../src/wording/noticed.ts";
import { noticedOf } from "../domain/noticed.ts";
import { proofOf } from "../domain/proofs.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
type Part = Parameters<typeof noticedOf>[1][number];
const BY_TESTS: Part = { noticed: "by-tests", tests: ["greets"], criteria: ["AC1"] };
/** A part that does not build without, and whose statements were left out one by one. */
const SPLIT: Part = {
  noticed: "by-compiler",
  pieces: {
    tried: [
      {
        as: "statement",
        from: 2,
        to: 2,
        lines: 1,
        noticed: "by-tests",
        tests: ["greets"],
        criteria: ["AC1"],
      },
      { as: "statement", from: 3, to: 3, lines: 1, noticed: "unnoticed" },
    ],
    left: 4,
    because: "time",
  },
};
const untried = (because: NoticedHunk["because"]): Part => ({ noticed: "untried", because });

test.each<readonly [string, readonly Part[], string]>([
  ["all is noticed", [BY_TESTS], "named tests notice 3 of 3 changed source lines (2 runs, 1.2 s)"],
  [
    "nobody notices some, and the compiler others",
    [
      BY_TESTS,
      { noticed: "by-compiler" },
      { noticed: "unnoticed" },
      { noticed: "unnoticed", to: 31, from: 31 },
    ],
    "named tests notice 3 of 12 changed source lines, the compiler 3 (5 runs, 1.2 s); nobody notices src/greet.ts:21-23, src/greet.ts:31",
  ],
  [
    "a part does not build without: its lines are the compiler's but for those that tests notice",
    [SPLIT],
    "named tests notice 1 of 3 changed source lines, the compiler 2 (2 runs, 1.2 s)",
  ],
  [
    "some was not tried, for one reason",
    [untried("time"), untried("time")],
    "named tests notice 0 of 6 changed source lines, 6 not tried (3 runs, 1.2 s); not tried, because the minutes were used up: src/greet.ts:1-3, src/greet.ts:11-13",
  ],
  [
    "some was not tried, for several",
    [untried("binary"), untried("renamed")],
    "named tests notice 0 of 6 changed source lines, 6 not tried (3 runs, 1.2 s); not tried: src/greet.ts:1-3 (binary), src/greet.ts:11-13 (renamed)",
  ],
  ["there is nothing to notice", [], "no source was changed"],
])("where %s", (_title, parts, said) => {
  expect(sayNoticed([noticedOf(SUBJECT, parts)])).toEqual([said]);
});

test("comments are told where they are all", () => {
  const said = sayNoticed([noticedOf(SUBJECT, [], { silentLines: 4 })]);
  expect(said).toEqual(["no source was changed but for 4 lines of comments or tests"]);
});

test("parts beyond the first few are counted", () => {
  const parts = Array.from({ length: 7 }, (): Part => ({ noticed: "unnoticed" }));
  expect(sayNoticed([noticedOf(SUBJECT, parts)])[0]).toMatch(/src\/greet\.ts:41-43, and 2 more$/);
});

test("nothing is said where nobody looked", () => {
  expect(sayNoticed([])).toEqual([]);
});

test.each<
  readonly [string, Parameters<typeof proofOf>[2], readonly Part[] | undefined, readonly string[]]
>([
  ["the parts that its tests miss", {}, [BY_TESTS, { noticed: "unnoticed" }], ["src/greet.ts:1-3"]],
  ["the pieces that its tests miss", {}, [SPLIT], ["src/greet.ts:2"]],
  ["nothing, where others miss it", {}, [{ ...BY_TESTS, criteria: ["AC2"] }], ["nothing"]],
  ["that nobody tried", {}, [untried("time")], ["not tried"]],
  ["no word where no source was changed", {}, [], []],
  ["no word where nobody looked", {}, undefined, []],
  ["no word of a check", { as: "command" }, [BY_TESTS], []],
  ["no word of what is gone", { as: "gone" }, [BY_TESTS], []],
])("of a criterion is shown %s", (_title, changes, parts, expected) => {
  const evidence = parts === undefined ? [] : [noticedOf(SUBJECT, parts)];
  expect(sayNotices({ proof: proofOf(SUBJECT, "AC1", changes) }, evidence)).toEqual(expected);
});

test.each<readonly [string, NoticedHunk["pieces"], string]>([
  ["the minutes were used up", SPLIT.pieces, "4 statements not tried: the minutes were used up"],
  [
    "no grammar reads it",
    { tried: [], left: 0, because: "no-grammar" },
    "not tried by its statements: no grammar reads the file",
  ],
  ["nothing was left", { tried: SPLIT.pieces?.tried ?? [], left: 0 }, ""],
  ["nobody had to", undefined, ""],
])("of a part's statements is said what was not tried where %s", (_title, pieces, said) => {
  expect(sayLeft(pieces === undefined ? {} : { pieces })).toBe(said);
});
