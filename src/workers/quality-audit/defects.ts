import type { NightlyOrder } from "../../domain/order.ts";
import type { SourceArea } from "./areas.ts";

export type Defect = NightlyOrder["audit"]["openDefects"][number];

/**
 * The open defects of an area: those with its name as a label (`search`, `area: search`, `area/search`), or with one of
 * its files or its name in the title.
 */
export function defectsOf(area: SourceArea, defects: readonly Defect[]): readonly Defect[] {
  const name = area.name.toLowerCase();
  const short = name.slice(name.lastIndexOf("/") + 1);
  const files = new Set(
    area.files.flatMap((path) => [path, path.slice(path.lastIndexOf("/") + 1)]),
  );
  return defects.filter(({ labels, title }) => {
    const labelled = labels.some((label) => {
      const last = label
        .toLowerCase()
        .split(/[:/]\s*/)
        .at(-1);
      return label.toLowerCase() === name || last === short;
    });
    if (labelled) return true;
    const words = title.split(/[^\w@./-]/).map((word) => word.replace(/^\.\/|[.:]+$/g, ""));
    return words.some(
      (word) => files.has(word) || word.toLowerCase() === short || word.toLowerCase() === name,
    );
  });
}
