import { describe, expect, test } from "vitest";
import type { Effect } from "../../../src/domain/github/effect.ts";
import {
  endsList,
  outstanding,
  type Receipt,
  receiptOf,
  wasDone,
  wasHanded,
  wasRefused,
  withhold,
} from "../../../src/domain/github/receipt.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";

const labels = (key: string): Effect => ({
  kind: "set-labels",
  key,
  issue: 1,
  add: ["factory:ready"],
  remove: [],
});
const refusal: Refusal = { code: "secret-found", subject: "a label" };

const DONE: Receipt = { kind: "set-labels", key: "done", outcome: "done" };
const ALREADY: Receipt = { kind: "set-labels", key: "already", outcome: "already" };
const SILENT: Receipt = {
  kind: "set-labels",
  key: "silent",
  outcome: "refused",
  cause: "no-answer",
  reason: "the connection was reset",
};
const FORBIDDEN: Receipt = {
  kind: "set-labels",
  key: "forbidden",
  outcome: "refused",
  cause: "refused-by-github",
  status: 403,
  reason: "not accessible",
};
const WITHHELD: Receipt = withhold(labels("withheld"), refusal);

describe("what came of an effect", () => {
  /** Each row: the receipt; whether it was done, refused, and handed to GitHub. */
  test.each<readonly [string, Receipt | undefined, boolean, boolean, boolean]>([
    ["done", DONE, true, false, true],
    ["there already", ALREADY, true, false, true],
    ["not answered", SILENT, false, true, true],
    ["forbidden by GitHub", FORBIDDEN, false, true, true],
    ["withheld", WITHHELD, false, true, false],
    ["nothing yet", undefined, false, false, false],
  ])("%s", (_, receipt, done, refused, handed) => {
    expect([wasDone(receipt), wasRefused(receipt), wasHanded(receipt)]).toEqual([
      done,
      refused,
      handed,
    ]);
  });

  test("what is withheld keeps its name and says why", () => {
    expect(WITHHELD).toEqual({
      kind: "set-labels",
      key: "withheld",
      outcome: "refused",
      cause: "withheld",
      refusal,
    });
  });
});

describe("the receipt of an effect", () => {
  const receipts: readonly Receipt[] = [
    { kind: "claim-branch", key: "one", outcome: "done" },
    { kind: "set-labels", key: "two", outcome: "done" },
    { kind: "set-labels", key: "one", outcome: "already" },
  ];

  test.each([
    ["set-labels", "one", receipts[2]],
    ["set-labels", "two", receipts[1]],
    ["claim-branch", "one", receipts[0]],
    ["claim-branch", "two", undefined],
    ["set-labels", "three", undefined],
  ] as const)("of %s with the key %s is its own", (kind, key, receipt) => {
    expect(receiptOf(receipts, { kind, key })).toBe(receipt);
  });

  test("an effect without one is outstanding, in its order", () => {
    const effects = ["three", "one", "four", "two"].map(labels);
    expect(outstanding(effects, receipts)).toEqual([effects[0], effects[2]]);
    expect(outstanding(effects, [])).toEqual(effects);
    expect(outstanding([], receipts)).toEqual([]);
  });
});

test.each<readonly [string, Receipt, boolean]>([
  ["what was done", DONE, false],
  ["what stood before", ALREADY, false],
  ["what nobody answered", SILENT, true],
  ["a claim that is ours", { kind: "claim-branch", key: "claim", outcome: "done" }, false],
  [
    "a claim that somebody else holds",
    { kind: "claim-branch", key: "claim", outcome: "already" },
    true,
  ],
])("nothing behind it is done, or is: %s", (_, receipt, ends) => {
  expect(endsList(receipt)).toBe(ends);
});
