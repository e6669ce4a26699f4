import { isApprovedByPerson, type SealedEntry } from "../../domain/ledger.ts";

/** Whether a person said that it goes on, after so many lines of the ledger: a stop is no such word. */
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
