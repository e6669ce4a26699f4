import type { Order } from "../../domain/order.ts";
import type { AreaQuality, Grade, Measure, QualityReport } from "../../domain/quality.ts";
import { cut } from "../../domain/text/cut.ts";
import { sayGap } from "../../wording/issue/quality-gap.ts";
import { gradesIn } from "../../wording/pages/quality-markdown.ts";
import { areasOf, type SourceArea } from "./areas.ts";
import { createAssignment } from "./assign-tests.ts";
import { type Graded, gapBelow, gradeOf } from "./grade.ts";
import { measureArea, measureRepository } from "./measure.ts";
import type { Facts } from "./measures/part.ts";

const MAXIMUM_GAPS = 3;
/** The most grades in a trend, the newest of them. */
const TREND = 6;

/** Input of a report. */
export interface Found extends Omit<Facts, "areasOfTest"> {
  /** Earlier versions of the page, newest first, for the trend. */
  readonly earlier: readonly string[];
}

/** Computes the figures of a commit; pure, so that the same facts give the same report. Without notes, which the auditor writes. */
export function composeReport(order: Pick<Order, "base" | "config">, found: Found): QualityReport {
  const areas = [...areasOf(order.config, found.survey.paths)].sort(byName);
  const facts: Facts = { ...found, areasOfTest: createAssignment(areas) };
  const measured = areas.map((area) => {
    const measures = measureArea(area, facts);
    return { area, measures, graded: gradeOf(measures) };
  });
  const named = areas.map(({ name }) => ({ area: name }));
  const before = found.earlier.map((page) => gradesIn(page, named)).reverse();
  return {
    commit: order.base,
    repository: measureRepository(facts),
    areas: measured.map((entry) => ({
      ...qualityOf(entry),
      owner: ownerOf(entry.area, facts),
      trend: trendOf(
        before.map((grades) => grades.get(entry.area.name)),
        entry.graded.grade,
      ),
    })),
    gaps: gapsOf(measured),
  };
}

function byName(left: SourceArea, right: SourceArea): number {
  // Stryker disable next-line EqualityOperator: no two areas have one name
  return left.name < right.name ? -1 : 1;
}

function qualityOf({ area, measures, graded }: MeasuredArea): Omit<AreaQuality, "owner" | "trend"> {
  const { grade, because, decidedBy } = graded;
  return {
    ...{ area: area.name, bar: area.bar, grade, because },
    ...(decidedBy !== undefined && { decidedBy }),
    measures: [...measures],
    note: null,
  };
}

/** The owner in the config, or else the owner of a file of the area by `CODEOWNERS`. */
function ownerOf({ owner, files }: SourceArea, { survey }: Facts): string | null {
  if (owner !== null) return owner;
  const owners = [...new Set(files.flatMap((path) => survey.ownersOf(path)))].sort();
  return owners.length === 0 ? null : cut(owners.join(" "), 100);
}

/** Each grade without repetitions, and today's at the end. */
function trendOf(before: readonly (Grade | undefined)[], grade: Grade): Grade[] {
  const all = [...before.filter((one) => one !== undefined), grade];
  return all.filter((one, index) => one !== all[index - 1]).slice(-TREND);
}

interface MeasuredArea {
  readonly area: SourceArea;
  readonly measures: readonly Measure[];
  readonly graded: Graded;
}

/** Areas below their bar: the widest gap first, then the larger area; equal ones by name. */
function gapsOf(measured: readonly MeasuredArea[]): QualityReport["gaps"] {
  return measured
    .map((entry) => ({
      ...entry,
      gap: gapBelow(entry.area.bar, entry.graded.grade),
      lines: linesOf(entry),
    }))
    .filter(({ gap, graded }) => gap > 0 && !graded.isMissing)
    .sort((left, right) => right.gap - left.gap || right.lines - left.lines)
    .flatMap(describeGap)
    .slice(0, MAXIMUM_GAPS);
}

function linesOf({ measures }: MeasuredArea): number {
  return measures.find(({ name }) => name === "lines")?.value ?? 0;
}

/** None if no figure decided, because an unmeasured area has no gap of its own. */
function describeGap({ area, measures, graded }: MeasuredArea): QualityReport["gaps"] {
  const decided = measures.find(({ name }) => name === graded.decidedBy);
  if (decided === undefined || decided.value === null || area.bar === "D") return [];
  const { name, bar, files } = area;
  const { grade, because } = graded;
  const measure = { ...decided, value: decided.value };
  const text = sayGap({ area: name, grade, bar, because, measure, files });
  return [
    {
      fingerprint: cut(`${name}/${decided.name}`, 100),
      area: name,
      title: cut(text.title, 200),
      detail: cut(text.detail, 1_000),
    },
  ];
}
