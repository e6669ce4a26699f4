import { expect, test } from "vitest";
import type { LedgerEvent } from "../../../src/domain/ledger.ts";
import { mistakesOfLedger } from "../../../src/measures/learning/mistakes-of-ledger.ts";

const ID = "a".repeat(40);
const DIGEST = "b".repeat(64);

function told(...events: readonly LedgerEvent[]) {
  const entries = events.map((event, at) => ({
    ...{ at: `2026-08-0${at + 1}T00:00:00Z`, run: at, stage: "ready" as const, event },
  }));
  return mistakesOfLedger({ issue: 7, entries }).map(({ attempt, cause, place }) => [
    attempt,
    cause,
    place?.name,
  ]);
}

const claimed = (attempt: number, head?: string): LedgerEvent => ({
  ...{ kind: "claimed", attempt, branch: `factory/7-${attempt}`, base: ID },
  ...(head === undefined ? {} : { continues: { pullRequest: 8, branch: "factory/7-1", head } }),
});
const published: LedgerEvent = {
  ...{ kind: "published", attempt: 1, tree: ID, commit: ID, pullRequest: 8, risk: "low" },
};

test("a line of today says it itself, and what a refusal beside it repeats counts once", () => {
  const lint = { cause: "check-red", place: { kind: "check", name: "lint" } } as const;
  const refusal = { code: "check-failed", subject: "lint" } as const;
  expect(
    told(
      claimed(1),
      { kind: "sent-back", attempt: 1, findings: ["check-failed: lint"], mistakes: [lint] },
      { kind: "refused", refusal },
    ),
  ).toEqual([[1, "check-red", "lint"]]);
});

test.each([
  [["check-failed: lint (failed)"], "check-red"],
  [["src/a.ts:1 It is wrong."], "review-finding"],
  [[], "unknown"],
])("an older line by its findings: %j", (findings, cause) => {
  expect(told(claimed(1), { kind: "sent-back", attempt: 1, findings })).toEqual([
    [1, cause, undefined],
  ]);
});

test("an approval that sent it back is no mistake", () => {
  expect(
    told(claimed(1), { kind: "sent-back", attempt: 1, findings: ["x"], mistakes: [] }),
  ).toEqual([]);
});

test("a person's commit on the branch, an edited contract, a merge taken back, a defect that came back", () => {
  const contract = { contract: DIGEST, issue: DIGEST, comment: 1 };
  const merged = { pullRequest: 8, commit: ID, tree: ID };
  const found = told(
    { kind: "proposed", ...contract, version: 1 },
    { kind: "approved", ...contract, contract: "c".repeat(64), by: 1 },
    claimed(1),
    published,
    claimed(2, "d".repeat(40)),
    { kind: "reverted", ...merged, reverts: ID, by: "factory" },
    { kind: "escaped", pullRequest: 8, commit: ID, fingerprint: DIGEST },
  );
  expect(found).toEqual([
    [0, "contract-edited", undefined],
    [1, "person-pushed", undefined],
    [2, "broke-production", undefined],
    [2, "escaped-defect", undefined],
  ]);
});

test("the factory's own commit, and the contract as it was proposed, are nobody's correction", () => {
  const contract = { contract: DIGEST, issue: DIGEST, comment: 1 };
  const found = told(
    { kind: "proposed", ...contract, version: 1 },
    { kind: "approved", ...contract, by: 1 },
    claimed(1),
    published,
    claimed(2, ID),
  );
  expect(found).toEqual([]);
});
