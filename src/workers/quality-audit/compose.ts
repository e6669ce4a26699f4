import type { Order } from "../../domain/order.ts";
import type { AreaQuality, Measure, QualityReport } from "../../domain/quality.ts";
import { cut } from "../../domain/text/cut.ts";
import { sayGap } from "../../wording/issue/quality-gap.ts";
import { areasOf, type SourceArea } from "./areas.ts";
import { createAssignment } from "./assign-tests.ts";
import { type Graded, gapBelow, gradeOf } from "./grade.ts";
import { type Facts, measureArea, measureRepository, runOf } from "./measure.ts";

const MAXIMUM_GAPS = 3;

/** The figures of a commit: pure, so that the same facts give the same report. No notes: they are the auditor's. */
export function composeReport(
  order: Pick<Order, "base" | "config">,
  found: Omit<Facts, "areasOfTest">,
): QualityReport {
  const areas = [...areasOf(order.config, found.survey.paths)].sort(byName);
  const facts: Facts = { ...found, areasOfTest: createAssignment(areas) };
  const run = runOf(facts.evidence, "test");
  const testsRan = run !== undefined && (run.tests !== undefined || run.status === "passed");
  const measured = areas.map((area) => {
    const measures = measureArea(area, facts);
    return { area, measures, graded: gradeOf(measures, { testsRan }) };
  });
  return {
    commit: order.base,
    repository: measureRepository(facts),
    areas: measured.map(({ area, measures, graded }) => qualityOf(area, measures, graded)),
    gaps: gapsOf(measured),
  };
}

function byName(left: SourceArea, right: SourceArea): number {
  // Stryker disable next-line EqualityOperator: no two areas have one name
  return left.name < right.name ? -1 : 1;
}

function qualityOf(area: SourceArea, measures: Measure[], graded: Graded): AreaQuality {
  return {
    area: area.name,
    owner: area.owner,
    bar: area.bar,
    grade: graded.grade,
    because: cut(graded.because, 300),
    measures,
    note: null,
  };
}

interface MeasuredArea {
  readonly area: SourceArea;
  readonly measures: readonly Measure[];
  readonly graded: Graded;
}

/** What is below its bar: the widest gap first, then the larger area; equal ones stay in the order of their names. */
function gapsOf(measured: readonly MeasuredArea[]): QualityReport["gaps"] {
  return measured
    .map((entry) => ({
      ...entry,
      gap: gapBelow(entry.area.bar, entry.graded.grade),
      lines: linesOf(entry),
    }))
    .filter(({ gap, graded }) => gap > 0 && graded.decidedBy !== undefined)
    .sort((left, right) => right.gap - left.gap || right.lines - left.lines)
    .slice(0, MAXIMUM_GAPS)
    .map((entry) => describeGap(entry));
}

function linesOf({ measures }: MeasuredArea): number {
  return measures.find(({ name }) => name === "lines")?.value ?? 0;
}

function describeGap({ area, measures, graded }: MeasuredArea): QualityReport["gaps"][number] {
  const decided = measures.find(({ name }) => name === graded.decidedBy);
  const { name, bar, files } = area;
  const { grade, because } = graded;
  const text = sayGap({ area: name, grade, bar, because, source: decided?.source, files });
  return {
    fingerprint: cut(`${area.name}/${graded.decidedBy}`, 100),
    area: area.name,
    title: cut(text.title, 200),
    detail: cut(text.detail, 1_000),
  };
}
