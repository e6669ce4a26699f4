import { expect, test } from "vitest";
import { judgeTries } from "../../../src/workers/post-merge-smoke/judge-tries.ts";

const WORDS = { p: "passed", s: "slow", f: "failed", u: "unreachable" } as const;

function tries(letters: string) {
  return [...letters].map((letter) => ({ status: WORDS[letter as keyof typeof WORDS] }));
}

test.each([
  ["p", "passed"],
  ["f", "undecided"],
  ["u", "undecided"],
  ["ff", "undecided"],
  ["fff", "failed"],
  ["uuu", "unreachable"],
  ["ffu", "unreachable"],
  ["uff", "unreachable"],
  ["fp", "flaky"],
  ["up", "flaky"],
  ["ffp", "flaky"],
])("tries %s come to %s", (letters, judged) => {
  expect(judgeTries(tries(letters), { judgesTime: false })).toBe(judged);
});

test.each([
  ["p", "undecided"],
  ["pp", "passed"],
  ["sp", "undecided"],
  ["spp", "passed"],
  ["psp", "passed"],
  ["sps", "flaky"],
  ["ss", "undecided"],
  ["sss", "failed"],
  ["sf", "flaky"],
  ["pf", "flaky"],
  ["fff", "failed"],
])("tries %s of a probe that judges time come to %s", (letters, judged) => {
  expect(judgeTries(tries(letters), { judgesTime: true })).toBe(judged);
});
