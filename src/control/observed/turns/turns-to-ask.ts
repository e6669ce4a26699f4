import type { Scope } from "../../../domain/github/snapshot.ts";
import type { View } from "../issue-view.ts";
import { waitingInTurn } from "./in-turn.ts";
import { ledgersOfDay } from "./other-ledgers.ts";

/** Where an attempt ends while others wait, their ledgers say which of them comes next. */
export function turnsToAsk(view: View): Pick<Scope, "ledgers"> | undefined {
  if (view.input.task !== "settle" || waitingInTurn(view).length === 0) return undefined;
  return { ledgers: ledgersOfDay(view.now) };
}
