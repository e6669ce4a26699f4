import type { OpenIssue } from "../../domain/github/snapshot.ts";
import { stagesOf } from "../../domain/label.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { View } from "../observed/issue-view.ts";
import { waitingInTurn } from "../observed/turns/in-turn.ts";
import { readWorkToday } from "../observed/turns/work-today.ts";

/** Who is rung for because their turn has come, and who goes on waiting. */
export interface Turns {
  readonly rung: readonly OpenIssue[];
  readonly waiting: readonly OpenIssue[];
  /** Why nobody can tell whose turn it is. */
  readonly refusal?: Refusal;
}

/**
 * The issues whose turn has come: as many as there are places and money, the first ones first. Whoever is rung for counts
 * again, to the cent; where the last one does not fit, it goes on waiting without a word.
 */
export function turnsNow(view: View, most: number): Turns {
  const waiting = waitingInTurn(view);
  if (waiting.length === 0) return { rung: [], waiting };
  const work = readWorkToday(view);
  if ("unknown" in work) {
    const refusal: Refusal = {
      code: "state-unknown",
      subject: "what is under way and what the day has cost",
      found: work.unknown.slice(0, 2_000),
    };
    return { rung: [], waiting, refusal };
  }
  const { wip, usdPerIssue, usdPerDay } = view.config.limits;
  const { building, spent, promised } = work.known;
  const rung: OpenIssue[] = [];
  let places = wip - building.length;
  let left = usdPerDay - spent - promised;
  for (const issue of waiting) {
    const isRead = stagesOf(view.prefix, issue.labels).includes("queued");
    if (left <= 0 || rung.length === most) break;
    if (!isRead && places <= 0) continue;
    rung.push(issue);
    left -= Math.min(usdPerIssue, usdPerDay);
    if (!isRead) places -= 1;
  }
  return { rung, waiting };
}
