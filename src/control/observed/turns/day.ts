import { earlierBy } from "../../../domain/text/time.ts";

/** No attempt takes longer, in milliseconds. The writer of an older claim has died. */
const LONGEST_ATTEMPT_MS = 24 * 3_600_000;

/** The day in UTC, like 2026-11-20. */
export function dayOf(now: string): string {
  return now.slice(0, 10);
}

/** Midnight, or the earliest start of an attempt still under way. Every ledger that counts was written to since. */
export function ledgersSince(now: string): string {
  const midnight = `${dayOf(now)}T00:00:00Z`;
  const since = earlierBy(LONGEST_ATTEMPT_MS, now);
  return since < midnight ? since : midnight;
}
