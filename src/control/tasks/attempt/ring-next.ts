import { outstanding } from "../../../domain/github/receipt.ts";
import type { Stage } from "../../../domain/stage.ts";
import type { View } from "../../observed/issue-view.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { doorbell } from "../../outcome/doorbell.ts";
import { firstByLabels, turnsNow } from "../../schedule/turns.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import { decideSettle } from "./settle.ts";

/** Stages at which an attempt has freed its place for others. An attempt that was sent back keeps its place and rings for itself. */
const LEFT: readonly (Stage | undefined)[] = ["gating", "smoking", "needs-human"];

/** Ends an attempt. When that is recorded, rings for the issue that has waited for its place. */
export function decideEnd(view: View): Decision | Wants {
  const decision = decideSettle(view);
  if ("wants" in decision || decision.effects.length > 0) return decision;
  if (!LEFT.includes(decision.stage) || refuseAndon(view) !== undefined) return decision;
  const turns = turnsNow(view, 1);
  // If the ledgers could not be read, it rings by labels, and the run that starts counts the places.
  const next = turns.refusal === undefined ? turns.rung[0] : firstByLabels(view);
  if (next === undefined) return decision;
  // If GitHub refuses the ring, the heartbeat rings later.
  return { ...decision, effects: outstanding([doorbell(view, next)], view.receipts) };
}
