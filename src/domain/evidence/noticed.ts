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

const Tests = z.array(z.string().max(500)).max(5);
const Criteria = z.array(z.string().max(20)).max(15);

/** What came of a part of a hunk that was left out alone. */
export const NoticedPiece = z.strictObject({
  /** First and last line in the change, from 1. */
  from: z.int().positive(),
  to: z.int().positive(),
  /** Of its lines those that were put in where none was taken out: only they count as noticed by tests. */
  lines: z.int().nonnegative(),
  /** One statement; or all that a new function does, with a failure in its place. */
  as: z.enum(["statement", "body"]),
  noticed: NoticedBy,
  because: UntriedReason.optional(),
  tests: Tests.optional(),
  criteria: Criteria.optional(),
});
export type NoticedPiece = z.infer<typeof NoticedPiece>;

/** Pieces of a hunk that are tried at most. */
export const MOST_PIECES = 20;

/** What came of the pieces of a hunk that does not build when it is taken back. */
export const Pieces = z.strictObject({
  tried: z.array(NoticedPiece).max(MOST_PIECES),
  /** Pieces that were not tried; those inside one that tests notice are none of them. */
  left: z.int().nonnegative(),
  /** Why they were not, or why there is no piece: no grammar reads the file, or it puts in no statement whole. */
  because: z.enum(["time", "count", "no-grammar", "no-statement"]).optional(),
});
export type Pieces = z.infer<typeof Pieces>;

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
  tests: Tests.optional(),
  /** Criteria for which one of those tests was named. */
  criteria: Criteria.optional(),
  /** Only of a hunk that does not build when it is taken back. */
  pieces: Pieces.optional(),
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

/** A hunk that was tried by its pieces counts in two: lines of pieces that tests notice, and the rest for the compiler. */
export function linesOf(
  hunks: readonly Pick<NoticedHunk, "lines" | "noticed" | "pieces">[],
): NoticedLines {
  const lines = { changed: 0, byTests: 0, byCompiler: 0, unnoticed: 0, untried: 0 };
  for (const hunk of hunks) {
    const byTests = linesByTests(hunk);
    lines.changed += hunk.lines;
    lines.byTests += byTests;
    if (hunk.noticed !== "by-tests") lines[COUNTED[hunk.noticed]] += hunk.lines - byTests;
  }
  return lines;
}

const COUNTED = {
  "by-compiler": "byCompiler",
  unnoticed: "unnoticed",
  untried: "untried",
} as const satisfies Record<Exclude<NoticedBy, "by-tests">, keyof NoticedLines>;

function linesByTests({
  lines,
  noticed,
  pieces,
}: Pick<NoticedHunk, "lines" | "noticed" | "pieces">): number {
  if (noticed === "by-tests") return lines;
  if (noticed !== "by-compiler") return 0;
  const seen = (pieces?.tried ?? []).filter((piece) => piece.noticed === "by-tests");
  return Math.min(
    lines,
    seen.reduce((sum, piece) => sum + piece.lines, 0),
  );
}
