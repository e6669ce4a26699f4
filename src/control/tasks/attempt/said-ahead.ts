import type { Effect } from "../../../domain/github/effect.ts";
import { receiptOf } from "../../../domain/github/receipt.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { type Published, publishedEntry } from "./publication.ts";

/**
 * That it was published, in the request that merges it or shows it: where this run ends behind that, whoever looks next has
 * its tree, its risk and what was proven. The issue is still being built, so that it is found as any run that died. A head of
 * a pull request that the ledger does not know of is taken for a person's: so it is said as soon as a branch moved.
 */
export function saidAhead(view: OnIssue, published: Published): readonly Effect[] {
  if (isSaid(view, published)) return [];
  const entries = [{ ...publishedEntry(view, published), stage: "building" } as const];
  const ahead = { ...ledgerEffect(view, { entries }), ahead: true } as const;
  return receiptOf(view.receipts, ahead) === undefined ? [ahead] : [];
}

/** A run that is run again finds in the ledger what it wrote ahead; in this one that is written anew as one with the rest. */
function isSaid({ ledger }: OnIssue, { commit }: Published): boolean {
  return lastOf(ledger.entries, "published")?.event.commit === commit;
}

/** The line of the ledger for it; what it cost is said once. */
export function publishedHere(view: OnIssue, published: Published): NewEntry {
  const entry = publishedEntry(view, published);
  return isSaid(view, published) ? { stage: entry.stage, event: entry.event } : entry;
}
