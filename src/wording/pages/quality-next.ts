import { letterOf, ruleOf } from "../../domain/quality/measures.ts";
import type { AreaQuality, Measure } from "../../domain/quality.ts";
import { safeCell } from "../safe-text.ts";
import { nextLimit } from "./quality-because.ts";
import { MEASURE_WORDS } from "./quality-words.ts";
import { sayFigure, sayLimit } from "./say-figure.ts";

/** The letter beside a figure: `–` where no grade depends on it, `?` where it is missing. */
export function letterShown({
  name,
  value,
  nothing,
}: Pick<Measure, "name" | "value" | "nothing">): string {
  if (nothing === true) return "–";
  if (value === null) return "?";
  return letterOf(ruleOf(name), value) ?? "–";
}

/** What holds the grade of an area back, and what would raise it: two cells of the scorecard. */
export function adviceOf(area: AreaQuality): { readonly heldBack: string; readonly next: string } {
  const { decidedBy } = area;
  const measure = area.measures.find(({ name }) => name === decidedBy);
  if (decidedBy === undefined || measure === undefined) {
    return { heldBack: area.grade === "A" ? "nothing" : safeCell(area.because), next: "—" };
  }
  const { title } = MEASURE_WORDS[decidedBy];
  if (measure.value === null) {
    return { heldBack: `${title}: not measured`, next: MEASURE_WORDS[decidedBy].configure };
  }
  return {
    heldBack: `${title} **${sayFigure(decidedBy, measure.value)}**`,
    next: sayNext(measure),
  };
}

/** `Cover lines by tests, up to 70 % for B; first src/quote.ts` */
function sayNext({ name, value, where }: Measure): string {
  const limit = value === null ? undefined : nextLimit(name, value);
  if (limit === undefined) return "—";
  const asked = `${MEASURE_WORDS[name].next} ${sayLimit(name, limit.limit)} for ${limit.letter}`;
  const first = where?.[0];
  return first === undefined ? asked : `${asked}; first ${safeCell(`\`${first}\``)}`;
}
