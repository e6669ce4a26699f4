import type { Measured, Per } from "../../domain/lesson/lesson.ts";
import type { Mistake, MistakeCause } from "../../domain/lesson/mistake.ts";
import type { History, MadeMistake, Window } from "../history/history.ts";
import { isWithin } from "../review/window.ts";
import { isOf } from "./clusters.ts";

/** With fewer attempts or merges there is no rate. */
export const LEAST_AMONG = 5;

/** Mistakes in production are counted by merges, all others by attempts. */
export function perOf(cause: MistakeCause): Per {
  return cause === "broke-production" || cause === "escaped-defect" ? "merges" : "attempts";
}

/**
 * How often the mistake was made in the window, and among how many merges, or attempts that began or were judged in it.
 * Undefined if the work is unknown.
 */
export function measureOf(
  mistake: Mistake,
  { work, merges, areaOf }: Pick<History, "work" | "merges" | "areaOf">,
  window: Window,
): Measured | undefined {
  if ("untold" in work) return undefined;
  const made = work.known.mistakes.filter(
    (one) => isWithin(one.at, window) && isOf(mistake, one, areaOf),
  );
  const among =
    perOf(mistake.cause) === "merges"
      ? merges.filter(({ mergedAt, repairs }) => isWithin(mergedAt, window) && !repairs).length
      : new Set([
          ...work.known.attempts.filter(({ at }) => isWithin(at, window)).map(nameOf),
          ...made.map(nameOf),
        ]).size;
  return { times: timesOf(made), among, until: window.until };
}

/** One attempt may make an area's mistake at several paths; that counts once. */
function timesOf(made: readonly MadeMistake[]): number {
  return new Set(made.map(nameOf)).size;
}

function nameOf({ issue, attempt }: Pick<MadeMistake, "issue" | "attempt">): string {
  return `${issue}-${attempt}`;
}

export function rateOf({ times, among }: Pick<Measured, "times" | "among">): number {
  return among === 0 ? 0 : times / among;
}
