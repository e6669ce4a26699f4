import type { LedgerEntry } from "../../domain/ledger.ts";

/** An entry for the measures. Trust was decided before. */
export type ReadEntry = Pick<LedgerEntry, "at" | "run" | "stage" | "event" | "usage">;

/** The trusted ledger of an issue. */
export interface ReadLedger {
  readonly issue: number;
  readonly entries: readonly ReadEntry[];
}
