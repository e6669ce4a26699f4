import type { Effect } from "../../../domain/github/effect.ts";
import { receiptOf } from "../../../domain/github/receipt.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { type Published, publishedEntry } from "./publication.ts";

/**
 * Records the publication together with the request that merges or shows it. If this run dies after that, the next one
 * finds the tree, the risk and the proof. The issue stays at building, so that it is found like any run that died. A
 * branch head that the ledger does not know counts as a person's, so this is recorded as soon as a branch moves.
 */
export function saidAhead(view: OnIssue, published: Published): readonly Effect[] {
  if (isSaid(view, published)) return [];
  const entries = [{ ...publishedEntry(view, published), stage: "building" } as const];
  const ahead = { ...ledgerEffect(view, { entries }), ahead: true } as const;
  return receiptOf(view.receipts, ahead) === undefined ? [ahead] : [];
}

/** A repeated run finds in the ledger what it recorded ahead. In this run, that entry is rewritten together with the rest. */
function isSaid({ ledger }: OnIssue, { commit }: Published): boolean {
  return lastOf(ledger.entries, "published")?.event.commit === commit;
}

/** The ledger entry of the publication. Its cost is recorded once. */
export function publishedHere(view: OnIssue, published: Published): NewEntry {
  const entry = publishedEntry(view, published);
  return isSaid(view, published) ? { stage: entry.stage, event: entry.event } : entry;
}
