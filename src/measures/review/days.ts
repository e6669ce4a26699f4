import { daysBefore, millisecondsBetween } from "../../domain/text/time.ts";
import type { History, Window } from "../history/history.ts";
import { mergesWithin } from "./delivery.ts";
import { DAY_MS, isWithin } from "./window.ts";

/** A day of the window, counted back from its end, so that the last one is whole; in a long window, several days. */
export interface DayRow {
  /** When it begins. */
  readonly at: string;
  /** Merges with agents among the writers, by people alone, and by unknown writers. */
  readonly byAgents: number;
  readonly byPeople: number;
  readonly unsaid: number;
  /** Of them, those reverted by the end of the window. */
  readonly takenBack: number;
  /** Absent: costs are unknown. */
  readonly usd?: number;
}

/** More bars would be too thin to read. */
const MOST_ROWS = 31;

export function daysOfReview(
  history: History,
  window: Window,
): { readonly days: number; readonly rows: readonly DayRow[] } {
  const all = Math.max(1, Math.ceil(millisecondsBetween(window.from, window.until) / DAY_MS));
  const days = Math.ceil(all / MOST_ROWS);
  const rows = Array.from({ length: Math.ceil(all / days) }, (_, index) => {
    const until = daysBefore(window.until, index * days);
    const [from = window.from] = [daysBefore(window.until, (index + 1) * days), window.from]
      .toSorted()
      .toReversed();
    return rowOf(history, { from, until });
  });
  return { days, rows: rows.toReversed() };
}

function rowOf(history: History, day: Window): DayRow {
  const merges = mergesWithin(history, day);
  const { work } = history;
  const of = (writers: readonly (string | undefined)[]) =>
    merges.filter(({ writer }) => writers.includes(writer)).length;
  return {
    at: day.from,
    byAgents: of(["agent", "both"]),
    byPeople: of(["person"]),
    unsaid: of([undefined]),
    takenBack: merges.filter(({ takenBackAt }) => takenBackAt !== undefined).length,
    ...("known" in work
      ? {
          usd: work.known.spendings
            .filter(({ at }) => isWithin(at, day))
            .reduce((sum, { usd }) => sum + usd, 0),
        }
      : {}),
  };
}
