import type { SealedEntry } from "../domain/ledger.ts";

/**
 * Milliseconds from the merge that broke production to `until`, when the smoke test saw it well again: production was broken
 * for at most as long. Undefined where no merge was taken back.
 */
export function timeToRestore(entries: readonly SealedEntry[], until: string): number | undefined {
  const reverted = entries.findLast(({ event }) => event.kind === "reverted")?.event;
  if (reverted?.kind !== "reverted") return undefined;
  const merged = entries.find(
    ({ event }) => event.kind === "merged" && event.commit === reverted.reverts,
  );
  return merged === undefined ? undefined : Date.parse(until) - Date.parse(merged.at);
}
