import { expect, test } from "vitest";
import { isMendable, REASONS, type Reason } from "../../../src/domain/evidence/proof.ts";
import { mayHideRegression, tallyOf, totalOf } from "../../../src/domain/evidence/tally.ts";

const FOR_A_PERSON: readonly Reason["code"][] = [
  "kind-not-said",
  "never-seen-failing",
  "no-report",
  "not-repeated",
];

test("another attempt can mend every reason but those that a person has to answer", () => {
  expect(REASONS.filter((code) => !isMendable([{ code }]))).toEqual([
    "never-seen-failing",
    "no-report",
    "kind-not-said",
    "not-repeated",
  ]);
  expect(isMendable([])).toBe(false);
  expect(isMendable([{ code: "skipped" }, { code: "flaky" }])).toBe(true);
  for (const code of FOR_A_PERSON)
    expect(isMendable([{ code: "skipped" }, { code }, { code: "flaky" }])).toBe(false);
});

test.each([
  [undefined, { passed: 0, failed: 0, skipped: 0 }, 0],
  [{ name: "a", status: "failed" }, { passed: 0, failed: 1, skipped: 0 }, 1],
  [
    { name: "a", status: "failed", several: { passed: 4, failed: 2, skipped: 1 } },
    { passed: 4, failed: 2, skipped: 1 },
    7,
  ],
] as const)("%j stands for %j", (result, tally, total) => {
  expect(tallyOf(result)).toEqual(tally);
  expect(totalOf(tally)).toBe(total);
});

const tally = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped });
test.each([
  ["one test speaks for itself", tally(1, 0), tally(0, 1), false],
  ["of several one may hide another", tally(1, 1), tally(0, 1), true],
  ["also where they became several", tally(1, 0), tally(1, 1), true],
  ["none passed before", tally(0, 2), tally(1, 1), false],
  ["none fails now", tally(1, 1), tally(2, 0), false],
  ["also where others were skipped", tally(1, 0, 1), tally(0, 1), true],
])("%s", (_, before, now, hides) => {
  expect(mayHideRegression(before, now)).toBe(hides);
});
