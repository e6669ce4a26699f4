import type { Refusal } from "../../domain/refusal.ts";
import type { View } from "../observed/issue-view.ts";
import { waitingInTurn } from "../observed/turns/in-turn.ts";
import { readWorkToday } from "../observed/turns/work-today.ts";
import type { Candidate } from "./queue.ts";
import { rank } from "./rank.ts";
import { readCandidate } from "./read-candidate.ts";
import { limitsOf, readLine } from "./read-line.ts";
import { schedule } from "./schedule.ts";

/** Issues to ring for because it is their turn, and all that wait. */
export interface Turns {
  readonly rung: readonly number[];
  readonly waiting: readonly number[];
  /** Why the order is unknown. */
  readonly refusal?: Refusal;
}

/** Issues whose turn has come, in order. The run of each checks again, to the cent. */
export function turnsNow(view: View, most: number): Turns {
  const seen = waitingInTurn(view).filter(({ number }) => number !== view.issue?.number);
  const waiting = seen.map(({ number }) => number);
  if (waiting.length === 0) return { rung: [], waiting };
  const work = readWorkToday(view);
  if ("unknown" in work) return { rung: [], waiting, refusal: unknownDay(work.unknown) };
  const { ledgers } = work.known;
  const candidates: readonly Candidate[] = seen.map((one) =>
    readCandidate(view, one, ledgers.get(one.number)),
  );
  const now = { line: readLine(view, work.known), limits: limitsOf(view), most };
  const { starts } = schedule(candidates, now);
  return { rung: starts.map(({ issue }) => issue), waiting };
}

/** Order by labels alone, if work under way is unknown. */
export function firstByLabels(view: View): number | undefined {
  const all = waitingInTurn(view).map((one) => readCandidate(view, one, undefined));
  return rank(all, [])[0]?.candidate.issue;
}

export function unknownDay(found: string): Refusal {
  return {
    code: "state-unknown",
    subject: "what is under way and what the day has cost",
    found: found.slice(0, 2_000),
  };
}
