import { outstanding } from "../../../domain/github/receipt.ts";
import type { Stage } from "../../../domain/stage.ts";
import type { View } from "../../observed/issue-view.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { waitingInTurn } from "../../observed/turns/in-turn.ts";
import { doorbell } from "../../outcome/doorbell.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import { decideSettle } from "./settle.ts";

/** Where an attempt has left its place to others. One that was sent back rings for itself and keeps it. */
const LEFT: readonly (Stage | undefined)[] = ["gating", "smoking", "needs-human"];

/** Ends an attempt; when all of that is done, rings for the issue that has waited for its place. */
export function decideEnd(view: View): Decision | Wants {
  const decision = decideSettle(view);
  if ("wants" in decision || decision.effects.length > 0) return decision;
  const [next] = LEFT.includes(decision.stage) ? waitingInTurn(view) : [];
  if (next === undefined || refuseAndon(view) !== undefined) return decision;
  // Where GitHub refuses the ring, the heartbeat comes.
  return { ...decision, effects: outstanding([doorbell(view, next.number)], view.receipts) };
}
