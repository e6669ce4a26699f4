import type { SealedEntry } from "../../../domain/ledger.ts";
import { type EntryOf, isLater, lastOf } from "../ledger/ledger.ts";

/** The last merge of an issue into the default branch: its change, or the revert of it. */
export function lastLanding(
  entries: readonly SealedEntry[],
): EntryOf<"merged"> | EntryOf<"reverted"> | undefined {
  const merged = lastOf(entries, "merged");
  const reverted = lastOf(entries, "reverted");
  return isLater(reverted, merged) ? reverted : merged;
}

/** A revert that nobody merged yet, as far as the ledger knows. */
export function openRevert(entries: readonly SealedEntry[]): EntryOf<"reverting"> | undefined {
  const reverting = lastOf(entries, "reverting");
  return isLater(reverting, lastLanding(entries)) ? reverting : undefined;
}

/** Issues with an andon that a smoke test of this issue raised, by the ledger. */
export function incidentsOf(entries: readonly SealedEntry[]): readonly number[] {
  const known = entries.flatMap(({ event }) =>
    event.kind === "smoked" && event.incident !== undefined ? [event.incident] : [],
  );
  return [...new Set(known)];
}
