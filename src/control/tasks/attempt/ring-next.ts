import { outstanding } from "../../../domain/github/receipt.ts";
import type { Stage } from "../../../domain/stage.ts";
import type { View } from "../../observed/issue-view.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { doorbell } from "../../outcome/doorbell.ts";
import { firstByLabels, turnsNow } from "../../schedule/turns.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import { decideSettle } from "./settle.ts";

/** Where an attempt has left its place to others. One that was sent back rings for itself and keeps it. */
const LEFT: readonly (Stage | undefined)[] = ["gating", "smoking", "needs-human"];

/** Ends an attempt; when all of that is done, rings for the issue that has waited for its place. */
export function decideEnd(view: View): Decision | Wants {
  const decision = decideSettle(view);
  if ("wants" in decision || decision.effects.length > 0) return decision;
  if (!LEFT.includes(decision.stage) || refuseAndon(view) !== undefined) return decision;
  const turns = turnsNow(view, 1);
  // Where the ledgers were not to be had it rings by labels, and whoever is rung for counts.
  const next = turns.refusal === undefined ? turns.rung[0] : firstByLabels(view);
  if (next === undefined) return decision;
  // Where GitHub refuses the ring, the heartbeat comes.
  return { ...decision, effects: outstanding([doorbell(view, next)], view.receipts) };
}
