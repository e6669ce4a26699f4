import type { LedgerEntry } from "../domain/ledger.ts";
import { addUsage, NO_USAGE, type Usage } from "../domain/usage.ts";

/** What the models consumed for an issue, by its ledger; an entry that says nothing of it consumed nothing. */
export function spentOn(entries: readonly Pick<LedgerEntry, "usage">[]): Usage {
  return entries.reduce((sum, { usage }) => addUsage(sum, usage ?? NO_USAGE), NO_USAGE);
}

/** How long workers and control worked on an issue, in ms, by its ledger. */
export function workedOn(entries: readonly Pick<LedgerEntry, "durationMs">[]): number {
  return entries.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
}
