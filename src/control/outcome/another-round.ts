import type { EffectOf } from "../../domain/github/effect.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import type { Next } from "../observed/situation.ts";
import { doorbell } from "./doorbell.ts";

/** How the next attempt begins, once everything before it is written. */
export interface AnotherRound {
  readonly rings: readonly EffectOf<"dispatch-workflow">[];
  readonly next: Extract<Next, "line" | "none">;
}

/**
 * In the next round of this run, where its workflow has one left: that spares the doorbell and what answers it. Else a run of
 * its own is rung for. Either way whoever claims looks for itself, and what becomes of neither the heartbeat finds.
 */
export function anotherRound(view: OnIssue): AnotherRound {
  return (view.input.roundsLeft ?? 0) > 0
    ? { rings: [], next: "line" }
    : { rings: [doorbell(view, view.issue.number)], next: "none" };
}
