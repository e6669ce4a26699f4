import type { EffectOf } from "../../domain/github/effect.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import type { Next } from "../observed/situation.ts";
import { doorbell } from "./doorbell.ts";

/** How the next attempt begins, once everything before it is recorded. */
export interface AnotherRound {
  readonly rings: readonly EffectOf<"dispatch-workflow">[];
  readonly next: Extract<Next, "line" | "none">;
}

/**
 * Starts in the next round of this run if its workflow has one left, which saves a doorbell and its answer. Otherwise rings for a
 * run of its own. Either way the run that claims looks for itself, and the heartbeat finds what neither starts.
 */
export function anotherRound(view: OnIssue): AnotherRound {
  return (view.input.roundsLeft ?? 0) > 0
    ? { rings: [], next: "line" }
    : { rings: [doorbell(view, view.issue.number)], next: "none" };
}
