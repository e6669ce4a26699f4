import { expect, test } from "vitest";
import type { View } from "../../../src/control/observed/issue-view.ts";
import { daySpent, refuseDay } from "../../../src/control/vetoes/day.ts";
import { refuseGone } from "../../../src/control/vetoes/gone-issue.ts";
import { hasSpokenSince } from "../../../src/control/vetoes/spoken-since.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { SealedEntry } from "../../../src/domain/ledger.ts";

/** A run that works on issue 3, and the issues that are gone. */
function viewOf(...gone: readonly object[]): View {
  return {
    input: { task: "claim", issue: 3 },
    trigger: undefined,
    snapshot: { gone, pullRequests: [] },
  } as unknown as View;
}

const ELSEWHERE = "https://github.example/OWNER/other/issues/5";

test.each<readonly [string, object, object]>([
  [
    "that was transferred is told with its new place",
    { url: ELSEWHERE, branches: [] },
    { code: "issue-changed", found: `it is ${ELSEWHERE} now` },
  ],
  [
    "that is missing may only be late",
    { url: undefined, branches: [] },
    { code: "state-unknown", found: "GitHub shows no issue of that number" },
  ],
  [
    "is told with every branch that stays of it",
    { url: undefined, branches: ["factory/3-a1", "factory/3-a2"] },
    {
      code: "state-unknown",
      found: "GitHub shows no issue of that number; what stays of it: factory/3-a1, factory/3-a2",
    },
  ],
  [
    "is told within bounds",
    { url: "u".repeat(2_000), branches: [] },
    { code: "issue-changed", found: `it is ${"u".repeat(1_994)}` },
  ],
])("an issue %s", (_what, gone, told) => {
  expect(refuseGone(viewOf({ number: 3, ...gone }))).toStrictEqual({
    ...{ subject: "issue 3", accepted: "an issue of this repository", hint: "go-where-it-went" },
    ...told,
  });
});

test("an issue that is there is not gone, whatever others are", () => {
  expect(refuseGone(viewOf({ number: 4, url: ELSEWHERE, branches: [] }))).toBeUndefined();
  expect(refuseGone({ ...viewOf(), snapshot: { pullRequests: [] } } as unknown as View)).toBe(
    undefined,
  );
});

const config = Config.parse({ limits: { usdPerDay: 10 } });
const TODAY = { config, now: "2026-11-20T09:00:00Z" } as unknown as View;

test.each([
  [4, 3, 3, false],
  // Sums of money round.
  [4, 3, 3.000_000_5, false],
  [4, 3, 3.01, true],
  [4.01, 3, 3, true],
  [4, 3.01, 3, true],
])(
  "a day of 10 USD with %d spent and %d promised has no %d left: %j",
  (spent, promised, most, isSpent) => {
    const refusal = refuseDay(TODAY, { spent, promised }, most);
    expect(refusal).toStrictEqual(isSpent ? daySpent(TODAY, { spent, promised, most }) : undefined);
  },
);

test("a spent day is told with what it held", () => {
  expect(daySpent(TODAY, { spent: 4, promised: 3.5, most: 3 })).toStrictEqual({
    code: "day-spent",
    subject: "USD on 2026-11-20 (UTC)",
    found: "4.00 spent and 3.50 promised of 10",
    accepted: "3.00 left, the most that its order may spend",
  });
});

test.each<readonly [object, boolean]>([
  [{ kind: "submitted" }, true],
  [{ kind: "commanded", command: "retry" }, true],
  [{ kind: "commanded", command: "stop", comment: 9 }, false],
  [{ kind: "approved", by: 4, comment: 9 }, true],
  [{ kind: "approved", by: 99 }, false],
  [{ kind: "claimed" }, false],
])("a person lets work go on with %j: %j", (event, isSo) => {
  const entries = [{ event }] as unknown as readonly SealedEntry[];
  expect(hasSpokenSince(entries, 0)).toBe(isSo);
  expect(hasSpokenSince(entries, 1)).toBe(false);
});
