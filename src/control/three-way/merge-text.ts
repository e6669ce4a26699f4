import { mergeRegions } from "../../domain/text/three-way.ts";

/**
 * What a text is when the step from `base` to `theirs` is made on `ours`; undefined where both change the same place, and
 * for what is no text.
 */
export function mergeText(sides: Parameters<typeof mergeRegions>[0]): string | undefined {
  const regions = mergeRegions(sides);
  if (regions === undefined || !regions.every((region) => "agreed" in region)) return undefined;
  return regions.flatMap(({ agreed }) => agreed).join("\n");
}
