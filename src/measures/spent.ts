import type { LedgerEntry } from "../domain/ledger.ts";
import { addUsage, NO_USAGE, type Usage } from "../domain/usage.ts";

/** The models' consumption for an issue, by its ledger; an entry without usage consumed nothing. */
export function spentOn(entries: readonly Pick<LedgerEntry, "usage">[]): Usage {
  return entries.reduce((sum, { usage }) => addUsage(sum, usage ?? NO_USAGE), NO_USAGE);
}

/** Work time of workers and control on an issue, in ms, by its ledger. */
export function workedOn(entries: readonly Pick<LedgerEntry, "durationMs">[]): number {
  return entries.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
}
