import { LEARNING_DAYS } from "../../domain/lesson/lesson.ts";
import { millisecondsBetween } from "../../domain/text/time.ts";
import type { Window } from "../history/history.ts";

export const DAY_MS = 86_400_000;
/** Days after its merge at which a change that was not reverted counts as alive. */
export const ALIVE_DAYS = 14;

/** Days that each weekly operational review covers, */
export const REVIEW_DAYS = 7;
/** and the oldest ledger that counts: a merge that becomes fourteen days old, or a mistake in the 28 days before another. */
export const REVIEW_LEDGER_DAYS = REVIEW_DAYS + Math.max(ALIVE_DAYS, LEARNING_DAYS) + 1;

export function isWithin(at: string, { from, until }: Window): boolean {
  return millisecondsBetween(from, at) >= 0 && millisecondsBetween(at, until) > 0;
}

export function daysOf({ from, until }: Window): number {
  return millisecondsBetween(from, until) / DAY_MS;
}

/** Part of a span within the window, in ms; one without an end continues to the end of the window. */
export function overlap(
  span: { readonly from: string; readonly until?: string },
  { from, until }: Window,
): number {
  const begins = Math.max(0, millisecondsBetween(from, span.from));
  const ends = millisecondsBetween(from, span.until ?? until);
  return Math.max(0, Math.min(ends, millisecondsBetween(from, until)) - begins);
}
