import { expect, test } from "vitest";
import { readCandidate } from "../../../src/control/schedule/read-candidate.ts";
import { digestOf } from "../../../src/domain/digest.ts";
import { appendEntry, type LedgerEvent } from "../../../src/domain/ledger.ts";
import { viewWith } from "../guard/fitting.ts";

const loop = { name: "tidy", file: digestOf("file"), base: "b".repeat(40) };
const seen = (labels: readonly string[]) => ({
  ...{ number: 7, labels, updatedAt: "2026-11-20T08:00:00Z", author: { id: 3 } },
});

function ledgerOf(event: Partial<LedgerEvent>) {
  const submitted = { kind: "submitted", by: 5, issue: digestOf("text"), ...event } as LedgerEvent;
  const entry = { at: "2026-11-20T08:00:00Z", run: 1, stage: "queued", event: submitted } as const;
  return appendEntry([], entry, { place: { repositoryId: 77, issue: 7 }, key: undefined });
}

test("what a loop began ends at a person, whatever the trust: it waits while too many decisions do", () => {
  const view = viewWith("heartbeat", {});
  const config = { ...view.config, approve: "never" as const };
  const asksOf = (event: Partial<LedgerEvent>) =>
    readCandidate({ ...view, config }, seen(["factory:queued"]), ledgerOf(event)).asks;
  expect(asksOf({})).toEqual({ unknown: "it may end without a person" });
  expect(asksOf({ loop } as Partial<LedgerEvent>)).toEqual({ known: ["5"] });
});
