import { diff3Merge } from "node-diff3";

/** Beyond it the search for what two texts share takes too long: a person merges such a file. */
const MOST_LINES = 5_000;

/** A text of both sides. `conflicts` places hold both, between the marks of git. */
export interface MergedText {
  readonly text: string;
  readonly conflicts: number;
}

/** What the marks name: the two sides, and where they parted. */
export interface MarkNames {
  readonly base: string;
  readonly parted: string;
  readonly head: string;
}

/**
 * What both sides make of a text together; undefined for what is no text, or longer than can be merged here. A side that
 * did not exist where they parted begins with nothing. Line ends stay as they are.
 */
export function mergeTexts(
  sides: { readonly parted: Uint8Array; readonly base: Uint8Array; readonly head: Uint8Array },
  names: MarkNames,
): MergedText | undefined {
  const parted = linesOf(sides.parted);
  const base = linesOf(sides.base);
  const head = linesOf(sides.head);
  if (parted === undefined || base === undefined || head === undefined) return undefined;
  const regions = diff3Merge(base, parted, head, { excludeFalseConflicts: true });
  const conflicts = regions.filter(({ conflict }) => conflict !== undefined).length;
  const lines = regions.flatMap(({ ok, conflict }) => {
    if (conflict === undefined) return ok ?? [];
    return [
      `${BEGIN}${names.base}`,
      ...conflict.a,
      `||||||| ${names.parted}`,
      ...conflict.o,
      "=======",
      ...conflict.b,
      `${END}${names.head}`,
    ];
  });
  return { text: lines.join("\n"), conflicts };
}

const BEGIN = "<<<<<<< ";
const END = ">>>>>>> ";

/** Whether a mark of ours still stands in a text: the names are of these very commits, so no other text has one. */
export function hasMarks(text: string, names: MarkNames): boolean {
  const marks = [`${BEGIN}${names.base}`, `||||||| ${names.parted}`, `${END}${names.head}`];
  return text.split(/\r?\n/).some((line) => marks.includes(line));
}

function linesOf(bytes: Uint8Array): string[] | undefined {
  const text = textOf(bytes);
  if (text === undefined || text.includes("\0")) return undefined;
  const lines = text === "" ? [] : text.split("\n");
  return lines.length > MOST_LINES ? undefined : lines;
}

/** Undefined where the bytes are not UTF-8: nothing is lost on the way there and back. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
