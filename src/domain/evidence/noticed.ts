import { z } from "zod";

/** Why a part of a change was not taken back. What was not tried is not known, and is no part that nobody notices. */
export const UNTRIED = [
  /** No named test passes on the change, so that none could fail. */
  "no-test",
  /** The report does not tell of single tests. */
  "no-report",
  "binary",
  "renamed",
  /** Only the right to run it is another one. */
  "mode",
  /** What stands there on the base is no regular file. */
  "no-file",
  /** The minutes of the config were used up. */
  "time",
  /** More parts than are tried. */
  "count",
  /** The tests were killed at their own time limit. */
  "timed-out",
  /** The named tests were not all seen, and nothing tells that the rest did not build. */
  "not-told",
] as const;
export const UntriedReason = z.enum(UNTRIED);
export type UntriedReason = z.infer<typeof UntriedReason>;

/**
 * What came of one part of the source that was taken back: `by-tests`, a named test fails again; `by-compiler`, nothing
 * builds or loads without it; `unnoticed`, the named tests all pass without it.
 */
export const NOTICED = ["by-tests", "by-compiler", "unnoticed", "untried"] as const;
export const NoticedBy = z.enum(NOTICED);
export type NoticedBy = z.infer<typeof NoticedBy>;

export const NoticedHunk = z.strictObject({
  path: z.string().max(300),
  /** Lines in the change, from 1; where lines were only taken out, the line before them. */
  from: z.int().positive(),
  to: z.int().positive(),
  /** Lines put in and taken out. */
  lines: z.int().nonnegative(),
  noticed: NoticedBy,
  because: UntriedReason.optional(),
  /** Named tests that fail without it, the first few. */
  tests: z.array(z.string().max(500)).max(5).optional(),
  /** Criteria for which one of those tests was named. */
  criteria: z.array(z.string().max(20)).max(15).optional(),
});
export type NoticedHunk = z.infer<typeof NoticedHunk>;

/** Changed lines of the source by what noticed them; together they are all of them. */
export const NoticedLines = z.strictObject({
  changed: z.int().nonnegative(),
  byTests: z.int().nonnegative(),
  byCompiler: z.int().nonnegative(),
  unnoticed: z.int().nonnegative(),
  untried: z.int().nonnegative(),
});
export type NoticedLines = z.infer<typeof NoticedLines>;

export const NoticedFields = {
  lines: NoticedLines,
  /** Parts in the order in which they were tried, then those that were not; some may be summed up in `more`. */
  hunks: z.array(NoticedHunk).max(100),
  more: z.int().nonnegative(),
  /** Lines of comments, blank lines and tests beside their code, of which no test tells; no part of the lines above. */
  silentLines: z.int().nonnegative(),
  /** How the tests ran: those alone that are named, as the config says, or the whole check. */
  ran: z.enum(["only", "whole", "nothing"]),
  runs: z.int().nonnegative(),
  durationMs: z.number().nonnegative(),
} as const;

/** The share of changed lines that tests or the compiler notice; undefined where there are none. */
export function shareOf({ changed, byTests, byCompiler }: NoticedLines): number | undefined {
  return changed === 0 ? undefined : (byTests + byCompiler) / changed;
}

/** `src/quote.ts:14-18` */
export function rangeOf({ path, from, to }: Pick<NoticedHunk, "path" | "from" | "to">): string {
  return to === from ? `${path}:${from}` : `${path}:${from}-${to}`;
}

export function linesOf(hunks: readonly Pick<NoticedHunk, "lines" | "noticed">[]): NoticedLines {
  const count = (by: NoticedBy) =>
    hunks.reduce((sum, { lines, noticed }) => sum + (noticed === by ? lines : 0), 0);
  return {
    changed: hunks.reduce((sum, { lines }) => sum + lines, 0),
    byTests: count("by-tests"),
    byCompiler: count("by-compiler"),
    unnoticed: count("unnoticed"),
    untried: count("untried"),
  };
}
