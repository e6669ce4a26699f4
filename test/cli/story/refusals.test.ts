import { describe, expect, test } from "vitest";
import { refusalsOf, sayStop, sentBackOf } from "../../../src/cli/story/refusals.ts";
import type { LedgerEntry, LedgerEvent } from "../../../src/domain/ledger.ts";
import type { Proposal } from "../../../src/domain/proposal.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";

function ledgerOf(...events: readonly LedgerEvent[]): readonly LedgerEntry[] {
  return events.map((event, index) => ({
    sequence: index + 1,
    at: "2026-01-01T00:00:00Z",
    run: 1,
    stage: "ready",
    event,
  }));
}

const back = (attempt: number, ...findings: readonly string[]): LedgerEvent => ({
  kind: "sent-back",
  attempt,
  findings: [...findings],
});
const refused = (refusal: Refusal): LedgerEvent => ({ kind: "refused", refusal });
const failed = (refusal: Refusal): Proposal => ({
  version: 1,
  order: "0".repeat(64),
  worker: "failed",
  of: "implement",
  refusal,
  usage: NO_USAGE,
  durationMs: 1,
});

const MODEL: Refusal = { code: "model-failed", subject: "coder" };
const ENDED: Refusal = { code: "attempts-exhausted", subject: "attempts", found: "3" };
const TEST: Refusal = { code: "check-failed", subject: "test" };

describe("the refusals of a run", () => {
  test("come in the order in which they happened, those of an attempt that was sent back among them", () => {
    const ledger = ledgerOf(
      back(1, "check-failed: test (exit code 1)", "The reviewer: too long"),
      back(2, "nothing-produced: coder"),
      refused(MODEL),
    );
    expect(refusalsOf({ ledger, proposals: [failed(MODEL)] })).toEqual([
      { code: "check-failed", subject: "test", found: "exit code 1" },
      { code: "nothing-produced", subject: "coder" },
      MODEL,
    ]);
    expect(sentBackOf({ ledger })).toEqual([
      { attempt: 1, findings: ["check-failed: test (exit code 1)", "The reviewer: too long"] },
      { attempt: 2, findings: ["nothing-produced: coder"] },
    ]);
  });

  test("hold what a worker refused and control could not write down", () => {
    expect(refusalsOf({ ledger: [], proposals: [failed(MODEL)] })).toEqual([MODEL]);
  });

  test("take no word of a reviewer for a code", () => {
    expect(refusalsOf({ ledger: ledgerOf(back(1, "note: rename it")), proposals: [] })).toEqual([]);
  });
});

describe("the sentence at the end", () => {
  test.each<readonly [string, readonly LedgerEvent[], readonly Proposal[], string | undefined]>([
    ["nothing refused", [], [], undefined],
    ["a worker alone", [], [failed(TEST)], "^A check did not pass: test\\b"],
    ["the first cause, not the last", [refused(TEST), refused(MODEL)], [], "^A check did not pass"],
    [
      "each attempt, then what ended it",
      [
        back(1, "check-failed: test (exit code 1)"),
        back(2, "a.", "b"),
        refused(ENDED),
        refused(TEST),
      ],
      [failed(MODEL)],
      "^Attempt 1 was sent back: check-failed: test \\(exit code 1\\)\\. Attempt 2 was sent back: a, and 1 more\\. All attempts are used up",
    ],
    [
      "what a person has answered is over",
      [
        refused(MODEL),
        { kind: "commanded", by: 1, command: "/factory retry", comment: 1 },
        refused(TEST),
      ],
      [],
      "^A check did not pass",
    ],
  ])("%s", (_title, events, proposals, said) => {
    const told = sayStop({ ledger: ledgerOf(...events), proposals });
    if (said === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(new RegExp(said));
  });
});
