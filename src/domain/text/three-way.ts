import { diff3Merge } from "node-diff3";

/** Beyond it the comparison takes too long for one step of a job, and a person merges such a file. */
const MOST_LINES = 5_000;

/** Lines of a merge: those on which both sides agree, or all three versions of a place that both changed. */
export type MergedRegion =
  | { readonly agreed: readonly string[] }
  | {
      readonly ours: readonly string[];
      readonly base: readonly string[];
      readonly theirs: readonly string[];
    };

/**
 * Merges two texts with a common origin (diff3), line by line; undefined if one is not text, or is too long. A missing
 * text is empty. Line ends stay: joined by line feeds, the lines are the text again.
 */
export function mergeRegions(sides: {
  readonly base: Uint8Array;
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
}): readonly MergedRegion[] | undefined {
  const base = linesOf(sides.base);
  const ours = linesOf(sides.ours);
  const theirs = linesOf(sides.theirs);
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  const regions = diff3Merge(ours, base, theirs, { excludeFalseConflicts: true });
  return regions.map(({ ok = [], conflict }) =>
    conflict === undefined
      ? { agreed: ok }
      : { ours: conflict.a, base: conflict.o, theirs: conflict.b },
  );
}

function linesOf(bytes: Uint8Array): string[] | undefined {
  const text = textOf(bytes);
  if (text === undefined || text.includes("\0")) return undefined;
  const lines = text === "" ? [] : text.split("\n");
  return lines.length > MOST_LINES ? undefined : lines;
}

/** Undefined if the bytes are not UTF-8, so that the conversion loses nothing either way. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
