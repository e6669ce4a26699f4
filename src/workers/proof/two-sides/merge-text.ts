import { mergeRegions } from "../../../domain/text/three-way.ts";

/** A text of both sides. `conflicts` places hold both, between git's marks. */
export interface MergedText {
  readonly text: string;
  readonly conflicts: number;
}

/** Names in the marks: the two sides, and the merge base. */
export interface MarkNames {
  readonly base: string;
  readonly parted: string;
  readonly head: string;
}

/**
 * Merges both sides of a text; undefined if it is no text, or too long. A side that did not exist at the merge base
 * begins empty. Line ends stay as they are.
 */
export function mergeTexts(
  sides: { readonly parted: Uint8Array; readonly base: Uint8Array; readonly head: Uint8Array },
  names: MarkNames,
): MergedText | undefined {
  const { parted, base, head } = sides;
  const regions = mergeRegions({ base: parted, ours: base, theirs: head });
  if (regions === undefined) return undefined;
  const lines = regions.flatMap((region) => {
    if ("agreed" in region) return region.agreed;
    return [
      `${BEGIN}${names.base}`,
      ...region.ours,
      `||||||| ${names.parted}`,
      ...region.base,
      "=======",
      ...region.theirs,
      `${END}${names.head}`,
    ];
  });
  const conflicts = regions.filter((region) => !("agreed" in region)).length;
  return { text: lines.join("\n"), conflicts };
}

const BEGIN = "<<<<<<< ";
const END = ">>>>>>> ";

/** Whether a text still has one of our marks. The names contain these very commits, so no other text has them. */
export function hasMarks(text: string, names: MarkNames): boolean {
  const marks = [`${BEGIN}${names.base}`, `||||||| ${names.parted}`, `${END}${names.head}`];
  return text.split(/\r?\n/).some((line) => marks.includes(line));
}
