import { mergeRegions } from "../../domain/text/three-way.ts";

/**
 * The text after the step from `base` to `theirs` is made on `ours`; undefined if both change the same place, or if it
 * is not text.
 */
export function mergeText(sides: Parameters<typeof mergeRegions>[0]): string | undefined {
  const regions = mergeRegions(sides);
  if (regions === undefined || !regions.every((region) => "agreed" in region)) return undefined;
  return regions.flatMap(({ agreed }) => agreed).join("\n");
}
