import { LEARNING_DAYS } from "../../domain/lesson/lesson.ts";
import { millisecondsBetween } from "../../domain/text/time.ts";
import type { Window } from "../history/history.ts";

export const DAY_MS = 86_400_000;
/** A change is alive when it still stands so many days after its merge. */
export const ALIVE_DAYS = 14;

/** How far the operational review of each week looks back, */
export const REVIEW_DAYS = 7;
/** and how old a ledger may be that counts: a merge that becomes fourteen days old, a mistake that was made in the 28 days before another. */
export const REVIEW_LEDGER_DAYS = REVIEW_DAYS + Math.max(ALIVE_DAYS, LEARNING_DAYS) + 1;

export function isWithin(at: string, { from, until }: Window): boolean {
  return millisecondsBetween(from, at) >= 0 && millisecondsBetween(at, until) > 0;
}

export function daysOf({ from, until }: Window): number {
  return millisecondsBetween(from, until) / DAY_MS;
}

/** How much of a span lies within the window, in ms; one that has no end goes on to the end of the window. */
export function overlap(
  span: { readonly from: string; readonly until?: string },
  { from, until }: Window,
): number {
  const begins = Math.max(0, millisecondsBetween(from, span.from));
  const ends = millisecondsBetween(from, span.until ?? until);
  return Math.max(0, Math.min(ends, millisecondsBetween(from, until)) - begins);
}
