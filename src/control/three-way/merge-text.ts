import { diff3Merge } from "node-diff3";

/** Beyond it the search for what two texts share takes too long for a job of control: a person merges such a file. */
const MOST_LINES = 5_000;

/**
 * What a text is when the step from `base` to `theirs` is made on `ours`; undefined where both change the same place, and
 * for what is no text. Line ends stay as they are.
 */
export function mergeText(sides: {
  readonly base: Uint8Array;
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
}): string | undefined {
  const base = linesOf(sides.base);
  const ours = linesOf(sides.ours);
  const theirs = linesOf(sides.theirs);
  if (base === undefined || ours === undefined || theirs === undefined) return undefined;
  const regions = diff3Merge(ours, base, theirs, { excludeFalseConflicts: true });
  if (regions.some(({ conflict }) => conflict !== undefined)) return undefined;
  return regions.flatMap(({ ok = [] }) => ok).join("\n");
}

function linesOf(bytes: Uint8Array): string[] | undefined {
  const text = textOf(bytes);
  if (text === undefined || text.includes("\0")) return undefined;
  const lines = text.split("\n");
  return lines.length > MOST_LINES ? undefined : lines;
}

/** Undefined where the bytes are not UTF-8: nothing is lost on the way there and back. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
