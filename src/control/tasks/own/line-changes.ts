import { diffIndices } from "node-diff3";

/** The most lines to compare. Beyond it, the comparison takes too long for a control job. */
const MOST_LINES = 5_000;

/**
 * State of a line: `kept` if it is in the new text, `changed` if the difference of the two texts contains it. `unknown`
 * if there is no such line, or the texts are too long to compare.
 */
export function lineBetween(
  texts: { readonly before: string | null; readonly after: string | null },
  line: number | null,
): "kept" | "changed" | "unknown" {
  const { before, after } = texts;
  if (before === null || line === null) return "unknown";
  const old = before.split("\n");
  const now = after === null ? [] : after.split("\n");
  if (line > old.length || Math.max(old.length, now.length) > MOST_LINES) return "unknown";
  const index = line - 1;
  const isIn = diffIndices(old, now).some(({ buffer1: [start, length] }) => {
    return index >= start && index < start + length;
  });
  return isIn ? "changed" : "kept";
}
