import type { Measured, Per } from "../../domain/lesson/lesson.ts";
import type { Mistake, MistakeCause } from "../../domain/lesson/mistake.ts";
import type { History, MadeMistake, Window } from "../history/history.ts";
import { isWithin } from "../review/window.ts";
import { isOf } from "./clusters.ts";

/** Fewer attempts or merges than these tell no rate. */
export const LEAST_AMONG = 5;

/** What production shows is counted by merges, everything else by attempts. */
export function perOf(cause: MistakeCause): Per {
  return cause === "broke-production" || cause === "escaped-defect" ? "merges" : "attempts";
}

/**
 * How often the mistake was made in the window, and among how many attempts that began in it or were judged in it, or merges.
 * Undefined where nobody tells of the work.
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

/** A mistake of an area may be made at several paths by one attempt: that is once. */
function timesOf(made: readonly MadeMistake[]): number {
  return new Set(made.map(nameOf)).size;
}

function nameOf({ issue, attempt }: Pick<MadeMistake, "issue" | "attempt">): string {
  return `${issue}-${attempt}`;
}

export function rateOf({ times, among }: Pick<Measured, "times" | "among">): number {
  return among === 0 ? 0 : times / among;
}
