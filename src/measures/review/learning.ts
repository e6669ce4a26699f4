import { LEARNING_DAYS } from "../../domain/lesson/lesson.ts";
import { keyOf } from "../../domain/lesson/mistake.ts";
import { daysBefore } from "../../domain/text/time.ts";
import { count, type Figure, share, unknown } from "../figure.ts";
import type { History, MadeMistake, Window } from "../history/history.ts";
import { type ReasonRow, tally } from "./funnel.ts";
import { isWithin } from "./window.ts";

/** Mistakes before success, and whether they were repeated. */
export interface Learning {
  readonly mistakes: Figure;
  /** Of them, those with an unknown cause. */
  readonly unknownCause: Figure;
  /** Of those with a known cause, those made on another issue in the 28 days before: the repeated-mistake rate. */
  readonly repeated: Figure;
  /** By cause, most frequent first. */
  readonly causes: readonly ReasonRow[];
}

export function learningOf({ work }: History, window: Window): Learning {
  if ("untold" in work) {
    const { untold } = work;
    return {
      mistakes: unknown("count", untold),
      unknownCause: unknown("share", untold),
      repeated: unknown("share", untold),
      causes: [],
    };
  }
  const { mistakes } = work.known;
  const own = mistakes.filter(({ at }) => isWithin(at, window));
  const told = own.filter(({ cause }) => cause !== "unknown");
  const again = told.filter((one) => wasMadeBefore(one, mistakes));
  return {
    mistakes: count(own.map(nameOf)),
    unknownCause: share(
      own.filter(({ cause }) => cause === "unknown").map(nameOf),
      own.map(nameOf),
      "nothing-attempted",
    ),
    repeated: share(again.map(nameOf), told.map(nameOf), "nothing-attempted"),
    causes: tally(own.map(({ cause, issue }) => [cause, `#${issue}`] as const)),
  };
}

/** The same cause at the same place on another issue; repetitions on one issue do not count. */
function wasMadeBefore(one: MadeMistake, all: readonly MadeMistake[]): boolean {
  const lately = { from: daysBefore(one.at, LEARNING_DAYS), until: one.at };
  return all.some(
    (other) =>
      other.issue !== one.issue && keyOf(other) === keyOf(one) && isWithin(other.at, lately),
  );
}

/** One attempt may make several. */
function nameOf({ issue, attempt }: MadeMistake): string {
  return `#${issue} attempt ${attempt}`;
}
