import type { LedgerEntry } from "../domain/ledger.ts";

type Entries = readonly Pick<LedgerEntry, "at" | "event">[];

/**
 * Milliseconds from the merge that broke production to `until`, when the smoke test saw it well again: the longest
 * possible outage. Undefined without a reverted merge.
 */
export function timeToRestore(entries: Entries, until: string): number | undefined {
  const reverted = lastReverted(entries);
  const merged = entries.find(
    ({ event }) => event.kind === "merged" && event.commit === reverted?.reverts,
  );
  return merged === undefined ? undefined : Date.parse(until) - Date.parse(merged.at);
}

/** The same for a whole ledger; undefined while production is not seen well. */
export function restoredAfter(entries: Entries): number | undefined {
  const reverted = lastReverted(entries);
  const seen = entries.find(
    ({ event }) =>
      event.kind === "smoked" && event.commit === reverted?.commit && event.status === "passed",
  );
  return seen === undefined ? undefined : timeToRestore(entries, seen.at);
}

function lastReverted(entries: Entries) {
  return entries.flatMap(({ event }) => (event.kind === "reverted" ? [event] : [])).at(-1);
}
