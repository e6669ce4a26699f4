import { describe, expect, test } from "vitest";
import type { LedgerEvent } from "../../src/domain/ledger.ts";
import { changeFailures, changesOf } from "../../src/measures/changes.ts";

const TREE = "c".repeat(40);
const AT = "2026-11-20T09:00:00Z";
const sha = (digit: string) => digit.repeat(40);

function ledger(...events: LedgerEvent[]) {
  return events.map((event) => ({ at: AT, event }));
}

function merged(digit: string, pullRequest = 4, by: "factory" | "person" = "factory"): LedgerEvent {
  return { kind: "merged", pullRequest, commit: sha(digit), tree: TREE, by };
}

function smoked(digit: string, status: "passed" | "failed" | "red-before" | "flaky"): LedgerEvent {
  return { kind: "smoked", commit: sha(digit), status, live: true };
}

function reverted(digit: string): LedgerEvent {
  return {
    kind: "reverted",
    reverts: sha(digit),
    pullRequest: 9,
    commit: sha("9"),
    tree: TREE,
    by: "factory",
  };
}

const escaped = (digit: string): LedgerEvent => ({
  kind: "escaped",
  pullRequest: 4,
  commit: sha(digit),
  fingerprint: "f".repeat(64),
});

describe("a merge", () => {
  test.each<[string, readonly LedgerEvent[], readonly (string | undefined)[]]>([
    ["nothing speaks against", [merged("a"), smoked("a", "passed")], [undefined]],
    ["was red before", [merged("a"), smoked("a", "red-before")], [undefined]],
    ["is flaky", [merged("a"), smoked("a", "flaky")], [undefined]],
    ["nobody looked at", [merged("a")], [undefined]],
    ["was taken back", [merged("a"), smoked("a", "failed"), reverted("a")], ["taken-back"]],
    ["a person mended", [merged("a"), smoked("a", "failed"), smoked("a", "passed")], ["failed"]],
    ["a defect escaped", [merged("a"), smoked("a", "passed"), escaped("a")], ["escaped"]],
    [
      "is the second attempt",
      [merged("a"), smoked("a", "failed"), reverted("a"), merged("b"), smoked("b", "passed")],
      ["taken-back", undefined],
    ],
    ["failed as a revert", [merged("a"), reverted("a"), smoked("9", "failed")], ["taken-back"]],
    ["is not there", [escaped("a"), reverted("b")], []],
  ])("that %s", (_, events, expected) => {
    expect(changesOf(ledger(...events)).map(({ failed }) => failed)).toEqual(expected);
  });
});

describe("the change failure rate", () => {
  test("is the share of merges that failed, over issues, with the pull requests to count it again", () => {
    const found = changeFailures([
      ledger(merged("a", 4), smoked("a", "failed"), reverted("a"), merged("b", 5, "person")),
      ledger(merged("d", 6), escaped("d")),
      ledger(merged("e", 7), smoked("e", "passed")),
      ledger(),
    ]);
    expect(found).toEqual({
      merges: 4,
      failed: [
        { pullRequest: 4, commit: sha("a"), mergedAt: AT, failed: "taken-back" },
        { pullRequest: 6, commit: sha("d"), mergedAt: AT, failed: "escaped" },
      ],
      rate: 0.5,
    });
  });

  test("of nothing is none", () => {
    expect(changeFailures([ledger()])).toEqual({ merges: 0, failed: [], rate: null });
  });
});
