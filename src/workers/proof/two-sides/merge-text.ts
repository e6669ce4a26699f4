import { mergeRegions } from "../../../domain/text/three-way.ts";

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

/** Whether a mark of ours still stands in a text: the names are of these very commits, so no other text has one. */
export function hasMarks(text: string, names: MarkNames): boolean {
  const marks = [`${BEGIN}${names.base}`, `||||||| ${names.parted}`, `${END}${names.head}`];
  return text.split(/\r?\n/).some((line) => marks.includes(line));
}
