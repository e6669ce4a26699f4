import { describe, expect, test } from "vitest";
import { approvalOf, attemptsOfSeries } from "../../../src/control/observed/ledger.ts";
import { digestOf } from "../../../src/domain/digest.ts";
import type { LedgerEvent, SealedEntry } from "../../../src/domain/ledger.ts";

function entriesOf(...events: readonly LedgerEvent[]): readonly SealedEntry[] {
  return events.map((event, index) => ({
    sequence: index + 1,
    at: "2026-01-02T03:04:05Z",
    run: 1,
    stage: "ready",
    event,
    seal: "none",
  }));
}

const CONTRACT = digestOf("the contract");
const ISSUE = digestOf("the issue");
const OTHER = digestOf("another");
const submitted: LedgerEvent = { kind: "submitted", by: 1, issue: ISSUE };
const claimed: LedgerEvent = {
  kind: "claimed",
  attempt: 1,
  branch: "factory/1-1",
  base: "a".repeat(40),
};
const sentBack: LedgerEvent = { kind: "sent-back", attempt: 1, findings: [] };

function proposed(parts: { readonly contract?: string; readonly issue?: string } = {}) {
  const event = { kind: "proposed", contract: CONTRACT, issue: ISSUE, comment: 2, version: 1 };
  return { ...event, ...parts } as LedgerEvent;
}

function approved(
  parts: { readonly contract?: string; readonly issue?: string; readonly comment?: number } = {},
) {
  const event = { kind: "approved", by: 1, contract: CONTRACT, issue: ISSUE, comment: 3 };
  return { ...event, ...parts } as LedgerEvent;
}

function commanded(command: string): LedgerEvent {
  return { kind: "commanded", by: 1, command, comment: 4 };
}

describe("the approval that is in force", () => {
  test.each<readonly [string, readonly LedgerEvent[], number | undefined]>([
    ["nothing", [], undefined],
    ["a contract that nobody approved", [proposed()], undefined],
    ["an approval of nothing", [approved()], undefined],
    ["an approved contract", [proposed(), approved()], 2],
    ["an approval given before the contract was proposed", [approved(), proposed()], undefined],
    ["the same contract, proposed again", [proposed(), approved(), proposed()], undefined],
    ["approved again", [proposed(), approved(), proposed(), approved()], 4],
    ["approved twice", [proposed(), approved(), approved()], 3],
    ["an approval of another contract", [proposed(), approved({ contract: OTHER })], undefined],
    ["an approval for another issue text", [proposed(), approved({ issue: OTHER })], undefined],
    ["an older contract", [proposed({ contract: OTHER }), proposed(), approved()], 3],
  ])("%s: entry %#", (_, events, sequence) => {
    expect(approvalOf(entriesOf(...events))?.sequence).toBe(sequence);
  });
});

describe("attempts of a series", () => {
  test.each<readonly [string, readonly LedgerEvent[], number]>([
    ["none", [submitted, proposed(), approved()], 0],
    ["one", [submitted, proposed(), approved(), claimed], 1],
    ["each claim counts", [submitted, claimed, sentBack, claimed], 2],
    ["a new submission begins anew", [claimed, submitted, claimed], 1],
    ["a person's approval begins anew", [claimed, approved(), claimed], 1],
    ["the config's approval does not", [claimed, approved({ comment: 0 }), claimed], 2],
    ["an approval as the first comment does", [claimed, approved({ comment: 1 }), claimed], 1],
    ["a retry begins anew", [claimed, claimed, commanded("retry")], 0],
    ["a retry past branches does", [claimed, commanded("retry past attempt 3"), claimed], 1],
    ["a resume does", [claimed, commanded("resume"), claimed], 1],
    ["a rework does", [claimed, commanded("rework: kinder"), claimed], 1],
    ["an approved lockfile does", [claimed, commanded(`approve lockfile ${OTHER}`), claimed], 1],
    ["a stop does not", [claimed, commanded("stop"), claimed], 2],
    ["a status does not", [claimed, commanded("status"), claimed], 2],
    ["a word inside another does not", [claimed, commanded("do not retry"), claimed], 2],
    ["being sent back does not", [claimed, sentBack, claimed], 2],
  ])("%s", (_, events, attempts) => {
    expect(attemptsOfSeries(entriesOf(...events))).toBe(attempts);
  });
});
