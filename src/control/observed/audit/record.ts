import type { Part } from "../../../domain/github/snapshot.ts";
import { RECORD_DAYS, type WorkRecord } from "../../../domain/quality/record.ts";
import { daysBefore } from "../../../domain/text/time.ts";
import { type IssueLedger, recordOf } from "../../../measures/record.ts";
import type { Situation } from "../situation.ts";
import { readFound } from "../turns/other-ledgers.ts";

/**
 * Facts about the factory's work from the ledgers of these days. One untrusted ledger makes all of them unknown, because
 * partial figures would look complete.
 */
export function readRecord({ input, snapshot, now }: Situation): Part<WorkRecord> {
  const { ledgers } = snapshot;
  if (ledgers === undefined) return { unknown: "nobody asked for the ledgers" };
  if ("unknown" in ledgers) return ledgers;
  const read: IssueLedger[] = [];
  for (const found of ledgers.known) {
    const ledger = readFound(found, { input, snapshot, now });
    const twice = read.some(({ issue }) => issue === found.issue);
    if (twice) return { unknown: `issue ${found.issue} has two ledgers` };
    if ("unknown" in ledger) return ledger;
    read.push({ issue: found.issue, entries: ledger.known });
  }
  return { known: recordOf(read, daysBefore(now, RECORD_DAYS)) };
}
