import type { Scope } from "../../../domain/github/snapshot.ts";
import type { View } from "../issue-view.ts";
import { waitingInTurn } from "./in-turn.ts";
import { workOfDay } from "./other-ledgers.ts";

/** When an attempt ends while others wait, their ledgers tell which comes next. */
export function turnsToAsk(view: View): Pick<Scope, "ledgers" | "loopsSince"> | undefined {
  if (view.input.task !== "settle" || waitingInTurn(view).length === 0) return undefined;
  return workOfDay(view.now);
}
