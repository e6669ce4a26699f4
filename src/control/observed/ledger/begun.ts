import { isApprovedByPerson, type SealedEntry } from "../../../domain/ledger.ts";
import { approvalOf, lastOf } from "./ledger.ts";

/** The loop that put the issue on the line, if no person has done so since. */
export function startedBy(entries: readonly SealedEntry[]): string | undefined {
  return lastOf(entries, "submitted")?.event.loop?.name;
}

/** That loop, if no person approved the contract either, so that nobody has read what is built. */
export function begunBy(entries: readonly SealedEntry[]): string | undefined {
  const approval = approvalOf(entries);
  return approval !== undefined && isApprovedByPerson(approval.event)
    ? undefined
    : startedBy(entries);
}
