import { MEASURE_NAMES, ruleOf } from "../../domain/quality/measures.ts";
import type { AreaQuality, Measure, QualityReport } from "../../domain/quality.ts";
import { cut } from "../../domain/text/cut.ts";
import { withoutHidden } from "../../domain/text/hidden-text.ts";
import { safeCell, safeText } from "../safe-text.ts";
import { inEntities } from "./entities.ts";
import { formulaTable } from "./grade-formula.ts";
import { letterShown } from "./quality-next.ts";
import { MEASURE_WORDS } from "./quality-words.ts";
import { sayFigure } from "./say-figure.ts";

/** Of a page that would be too long. */
const SHORT_SOURCE = 60;

/** The figures of an area, or with `area` null of the whole repository. */
export function partFold(
  part: Pick<AreaQuality, "measures" | "note"> &
    Partial<Pick<AreaQuality, "grade" | "owner" | "trend">> & { readonly area: string | null },
  detail: "whole" | "short" | "none",
): readonly string[] {
  const { area, grade, measures, note } = part;
  const rows = MEASURE_NAMES.flatMap((name) => {
    const measure = measures.find((one) => one.name === name);
    if (measure === undefined || ruleOf(name).limits === undefined) return [];
    const isGood = letterShown(measure) === "A";
    return isGood && detail !== "whole" ? [] : [measureRow(measure, detail)];
  });
  const good =
    detail === "whole"
      ? []
      : ["", "Measures that earn an A are left out: the page would be too long."];
  const table = ["| Measure | Figure, grade | Counted from |", "|---|---|---|", ...rows];
  const remark =
    note === null
      ? []
      : ["", `Note: ${safeText(note.text)} (${safeText(`\`${note.path}:${note.line}\``)})`];
  const summary =
    area === null ? "Whole repository" : `<code>${escapeHtml(area)}</code>: ${grade ?? "-"}`;
  const said = measures.length === 0 ? ["Nothing was measured."] : [...table, ...good];
  return fold(summary, [...whoseOf(part), ...said, ...remark]);
}

/** Who owns an area and its earlier grades, in a line; nothing of the repository as a whole. */
function whoseOf({
  owner,
  trend,
}: Partial<Pick<AreaQuality, "owner" | "trend">>): readonly string[] {
  if (owner === undefined || trend === undefined) return [];
  const whose = owner === null ? "No owner" : `Owner: ${safeCell(owner)}`;
  return [`${whose}. Trend: ${trend.join(" → ")}`, ""];
}

function measureRow(measure: Measure, detail: string): string {
  const { name, source, where } = measure;
  const { title } = MEASURE_WORDS[name];
  const figure = figureShown(measure);
  const said = safeCell(detail === "whole" ? source : cut(source, SHORT_SOURCE));
  const places = detail === "whole" ? (where ?? []) : [];
  const look = places.map((place) => safeCell(`\`${place}\``)).join(", ");
  const from = look === "" ? said : `${said}; look first at ${look}`;
  const grade = measure.value === null ? "" : `, ${letterShown(measure)}`;
  return `| ${title} | ${figure}${grade} | ${from} |`;
}

function figureShown({ name, value, nothing }: Measure): string {
  if (nothing === true) return "nothing to measure";
  return value === null ? "not measured" : `**${sayFigure(name, value)}**`;
}

/** Each measure that some part lacks, and what would give it. */
export function missingFold({ areas, repository }: QualityReport): readonly string[] {
  const lines = MEASURE_NAMES.flatMap((name) => {
    const lacks = (measures: readonly Measure[]) =>
      measures.some((one) => one.name === name && one.value === null && one.nothing !== true);
    const without = areas.filter(({ measures }) => lacks(measures));
    if (without.length === 0 && !lacks(repository)) return [];
    const { title, configure } = MEASURE_WORDS[name];
    const { cap } = ruleOf(name);
    const whose =
      without.length === areas.length || without.length === 0
        ? ""
        : ` (${without.map(({ area }) => safeText(area)).join(", ")})`;
    const lost = cap === undefined ? "" : ` Until then ${cap} at best.`;
    return [`- **${title}**${whose}: ${configure}.${lost}`];
  });
  return lines.length === 0 ? [] : fold("What is not measured, and what to configure", lines);
}

/** The formula, and what its words mean. */
export function howItIsGraded(): readonly string[] {
  return fold("How grades are computed", [
    "The worst row decides. A figure that is missing caps the grade; no model gives, raises or lowers one. `-` means that",
    "nothing could be measured: it is not a grade. Figures are rounded to the worse side. Below its bar",
    "(`quality.areas[].bar` in `.github/factory.yml`, `B` where nothing is said) an area becomes an issue, the widest gap",
    "first, at most three at a time. Notes are remarks of the auditor about a line that exists. *Trend* is the grades in",
    "earlier versions of this page. Figures are those of the commit that is named: the page changes when a letter, a bar",
    "or an owner does, and not with every commit.",
    "",
    ...formulaTable(),
    "",
    "A figure that reaches none of these is a D. Tests count where coverage is not known.",
  ]);
}

function fold(summary: string, body: readonly string[]): readonly string[] {
  return [`<details><summary>${summary}</summary>`, "", ...body, "", "</details>", ""];
}

/** In `<code>` GitHub neither mentions nor links, and reads no Markdown. */
function escapeHtml(text: string): string {
  return inEntities(withoutHidden(text).replace(/\s+/gu, " ").trim());
}
