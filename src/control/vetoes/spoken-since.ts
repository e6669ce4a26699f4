import { isApprovedByPerson, type SealedEntry } from "../../domain/ledger.ts";

/** Whether a person let it continue after the given number of ledger entries. A stop does not count. */
export function hasSpokenSince(entries: readonly SealedEntry[], lines: number): boolean {
  return entries
    .slice(lines)
    .some(
      ({ event }) =>
        event.kind === "submitted" ||
        (event.kind === "commanded" && event.command !== "stop") ||
        (event.kind === "approved" && isApprovedByPerson(event)),
    );
}
