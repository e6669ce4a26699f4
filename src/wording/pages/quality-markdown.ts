import { digestOfValue } from "../../domain/digest.ts";
import type { AreaQuality, Grade, QualityReport } from "../../domain/quality.ts";
import { boundBody, safeCell } from "../safe-text.ts";
import { howItIsGraded, missingFold, partFold } from "./quality-folds.ts";
import { adviceOf, letterShown } from "./quality-next.ts";

/** Units of UTF-16 that the page may have; below the bound of the proposal's schema. */
const MAXIMUM_UNITS = 58_000;

/** How much the page says: everything; no measure that earns an A, sources cut, no places; the scorecard and the formula alone. */
const DETAILS = ["whole", "short", "none"] as const;
export type Detail = (typeof DETAILS)[number];

/**
 * The committed `quality.md`: a scorecard that fits a screen, and the figures in folds. The same report gives the same
 * bytes. It names the commit that was measured, so that it can be recomputed there, whatever is committed later; and its
 * state, which is the same until something changes that a person would act on.
 */
export function renderQuality(report: QualityReport): string {
  const pages = DETAILS.map((detail) => pageOf(report, detail));
  return boundBody(pages.find((page) => page.length <= MAXIMUM_UNITS) ?? pages.at(-1) ?? "");
}

function pageOf(report: QualityReport, detail: Detail): string {
  const areas = inOrder(report);
  const parts = [
    "# Quality",
    "",
    `${sayBelow(areas)} Measured at \`${report.commit.slice(0, 12)}\`, state \`${stateOf(report)}\`.`,
    "Grades are computed, by the formula below; a person merges this page.",
    "",
    "| Area | Grade | Bar | Do next |",
    "|---|:---:|:---:|---|",
    ...areas.map(areaRow),
    "",
    ...(detail === "none" ? [] : foldsOf(report, detail)),
    ...howItIsGraded(),
  ];
  return parts.join("\n");
}

function foldsOf(report: QualityReport, detail: Detail): readonly string[] {
  return [
    ...inOrder(report).flatMap((area) => partFold(area, detail)),
    ...partFold({ area: null, measures: report.repository, note: null }, detail),
    ...missingFold(report),
  ];
}

function inOrder({ areas }: QualityReport): readonly AreaQuality[] {
  return [...areas].sort((left, right) => compare(left.area, right.area));
}

function sayBelow(areas: readonly AreaQuality[]): string {
  const below = areas.filter(({ grade, bar }) => grade !== "-" && bar !== "-" && grade > bar);
  if (areas.length === 0) return "There is no area: no folder holds source.";
  if (below.length === 0) return "No area is below its bar.";
  const say = below.length === 1 ? "is below its bar" : "are below their bars";
  return `${below.length} of ${areas.length} areas ${say}.`;
}

/** Four columns, so that the table fits a phone; owner and trend stand in the fold of the area. */
function areaRow(area: AreaQuality): string {
  const { heldBack, next } = adviceOf(area);
  const advice =
    next === "—" ? next : `${heldBack}. ${next.charAt(0).toUpperCase()}${next.slice(1)}`;
  return `| ${safeCell(area.area)} | ${area.grade} | ${area.bar} | ${advice} |`;
}

/**
 * A few digits of what a person would act on: grades, bars, owners, the letter of each measure and which are missing. No
 * figure is in it: those move with every commit.
 */
export function stateOf(report: QualityReport): string {
  const parts = inOrder(report).map(({ area, grade, bar, owner, decidedBy, measures }) => ({
    ...{ area, grade, bar, owner, decidedBy: decidedBy ?? null },
    measures: lettersOf(measures),
  }));
  return digestOfValue({ parts, repository: lettersOf(report.repository) }).slice(0, 12);
}

/** Whether a committed page says of each area what the report says, and stands for the same state. */
export function isUpToDate(page: string, report: QualityReport): boolean {
  const grades = gradesIn(page, report.areas);
  return (
    page.includes(`, state \`${stateOf(report)}\`.`) &&
    report.areas.every(({ area, grade }) => grades.get(area) === grade)
  );
}

/** The grades of these areas in a committed page, of whatever version: they are the second cell of their rows. */
export function gradesIn(
  page: string,
  areas: readonly Pick<AreaQuality, "area">[],
): ReadonlyMap<string, Grade> {
  const rows = page.split("\n");
  return new Map(
    areas.flatMap(({ area }) => {
      const begin = `| ${safeCell(area)} | `;
      const row = rows.find((line) => line.startsWith(begin));
      const grade = /^([A-D-]) \|/.exec(row?.slice(begin.length) ?? "")?.[1];
      return grade === undefined ? [] : [[area, grade as Grade] as const];
    }),
  );
}

/** By code unit, so that the order is the same on every machine. */
function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function lettersOf(measures: AreaQuality["measures"]): readonly string[] {
  return measures.map((measure) => `${measure.name} ${letterShown(measure)}`).sort();
}
