import type { Effect, Receipt } from "../domain/effect.ts";
import type { Scope, Snapshot } from "../domain/snapshot.ts";

/** GitHub as control sees it: one look, one list of writes. Nothing else of the API exists for it. */
export interface GitHub {
  /** One snapshot in as few requests as can be. Rejects when anything it asked for could not be read. */
  observe(scope: Scope): Promise<Snapshot>;
  /** Executes in order, idempotently; stops after the first refusal and returns the receipts so far, the refusal last. */
  apply(effects: readonly Effect[]): Promise<readonly Receipt[]>;
}
