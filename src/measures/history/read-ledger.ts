import type { LedgerEntry } from "../../domain/ledger.ts";

/** An entry as the measures read it: whom to believe was decided before. */
export type ReadEntry = Pick<LedgerEntry, "at" | "run" | "stage" | "event" | "usage">;

/** The ledger of an issue, believed. */
export interface ReadLedger {
  readonly issue: number;
  readonly entries: readonly ReadEntry[];
}
