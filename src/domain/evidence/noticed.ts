import { z } from "zod";

/** Why a part of a change was not reverted. An untried part is unknown, which is not the same as unnoticed. */
export const UNTRIED = [
  /** No named test passes on the change, so none could fail. */
  "no-test",
  /** The report does not list single tests. */
  "no-report",
  "binary",
  "renamed",
  /** Only the file mode differs. */
  "mode",
  /** On the base there is no regular file. */
  "no-file",
  /** The minutes of the config were used up. */
  "time",
  /** More parts than the limit. */
  "count",
  /** The tests exceeded their own time limit. */
  "timed-out",
  /** Not all named tests were seen, and nothing says that the rest did not build. */
  "not-told",
] as const;
export const UntriedReason = z.enum(UNTRIED);
export type UntriedReason = z.infer<typeof UntriedReason>;

/**
 * Result of reverting one part of the source: `by-tests`, a named test fails again; `by-compiler`, nothing builds or
 * loads without it; `unnoticed`, the named tests all pass without it.
 */
export const NOTICED = ["by-tests", "by-compiler", "unnoticed", "untried"] as const;
export const NoticedBy = z.enum(NOTICED);
export type NoticedBy = z.infer<typeof NoticedBy>;

const Tests = z.array(z.string().max(500)).max(5);
const Criteria = z.array(z.string().max(20)).max(15);

/** Result for a piece of a hunk that was left out alone. */
export const NoticedPiece = z.strictObject({
  /** First and last line in the change, from 1. */
  from: z.int().positive(),
  to: z.int().positive(),
  /** Of its lines, the pure insertions. Only they count as noticed by tests. */
  lines: z.int().nonnegative(),
  /** One statement; or the whole body of a new function, replaced by a failure. */
  as: z.enum(["statement", "body"]),
  noticed: NoticedBy,
  because: UntriedReason.optional(),
  tests: Tests.optional(),
  criteria: Criteria.optional(),
});
export type NoticedPiece = z.infer<typeof NoticedPiece>;

/** The most pieces of a hunk that are tried. */
export const MOST_PIECES = 20;

/** Results for the pieces of a hunk that does not build when it is reverted. */
export const Pieces = z.strictObject({
  tried: z.array(NoticedPiece).max(MOST_PIECES),
  /** Number of untried pieces, without those inside a piece that tests notice. */
  left: z.int().nonnegative(),
  /** Why they were not tried, or why there is no piece: no grammar reads the file, or it inserts no whole statement. */
  because: z.enum(["time", "count", "no-grammar", "no-statement"]).optional(),
});
export type Pieces = z.infer<typeof Pieces>;

export const NoticedHunk = z.strictObject({
  path: z.string().max(300),
  /** Lines in the change, from 1. For a pure removal, the line before it. */
  from: z.int().positive(),
  to: z.int().positive(),
  /** Lines inserted and removed. */
  lines: z.int().nonnegative(),
  noticed: NoticedBy,
  because: UntriedReason.optional(),
  /** Named tests that fail without it, the first few. */
  tests: Tests.optional(),
  /** Criteria that one of those tests was named for. */
  criteria: Criteria.optional(),
  /** Only for a hunk that does not build when it is reverted. */
  pieces: Pieces.optional(),
});
export type NoticedHunk = z.infer<typeof NoticedHunk>;

/** Changed source lines by what noticed them; the parts add up to all lines. */
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
  /** Parts in the order in which they were tried, then untried ones. Some may be summed up in `more`. */
  hunks: z.array(NoticedHunk).max(100),
  more: z.int().nonnegative(),
  /** Lines of comments, blank lines and tests beside their code, which no test can notice. Not among the lines above. */
  silentLines: z.int().nonnegative(),
  /** How the tests ran: only the named ones, as the config says, or the whole check. */
  ran: z.enum(["only", "whole", "nothing"]),
  runs: z.int().nonnegative(),
  durationMs: z.number().nonnegative(),
} as const;

/** The share of changed lines that tests or the compiler notice; undefined if there are none. */
export function shareOf({ changed, byTests, byCompiler }: NoticedLines): number | undefined {
  return changed === 0 ? undefined : (byTests + byCompiler) / changed;
}

/** `src/quote.ts:14-18` */
export function rangeOf({ path, from, to }: Pick<NoticedHunk, "path" | "from" | "to">): string {
  return to === from ? `${path}:${from}` : `${path}:${from}-${to}`;
}

/** A hunk that was tried by pieces counts in two parts: lines of pieces that tests notice, and the rest for the compiler. */
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
