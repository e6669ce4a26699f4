import type { SealedEntry } from "../../../domain/ledger.ts";
import { type EntryOf, isLater, lastOf } from "../ledger/ledger.ts";

/** What an issue brought to the default branch last: its change, or the change that takes it back. */
export function lastLanding(
  entries: readonly SealedEntry[],
): EntryOf<"merged"> | EntryOf<"reverted"> | undefined {
  const merged = lastOf(entries, "merged");
  const reverted = lastOf(entries, "reverted");
  return isLater(reverted, merged) ? reverted : merged;
}

/** The change that takes a merge back and that nobody merged yet, as far as the ledger knows. */
export function openRevert(entries: readonly SealedEntry[]): EntryOf<"reverting"> | undefined {
  const reverting = lastOf(entries, "reverting");
  return isLater(reverting, lastLanding(entries)) ? reverting : undefined;
}

/** Issues that carry an andon which a smoke test of this issue raised, as the ledger knows them. */
export function incidentsOf(entries: readonly SealedEntry[]): readonly number[] {
  const known = entries.flatMap(({ event }) =>
    event.kind === "smoked" && event.incident !== undefined ? [event.incident] : [],
  );
  return [...new Set(known)];
}
