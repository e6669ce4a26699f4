import {
  LETTERS,
  type Letter,
  letterOf,
  MEASURE_NAMES,
  type MeasureName,
  ruleOf,
} from "../../domain/quality/measures.ts";
import type { AreaQuality, Grade, Measure } from "../../domain/quality.ts";
import { cut } from "../../domain/text/cut.ts";
import { sayBecause } from "../../wording/pages/quality-because.ts";

export interface Graded extends Pick<AreaQuality, "grade" | "decidedBy" | "because"> {
  /** The grade is held back by what nobody measured: that is no gap of the area's own. */
  readonly isMissing: boolean;
}

/** What one measure makes of the grade: its letter, or the cap where it is missing. */
interface Vote {
  readonly name: MeasureName;
  readonly letter: Letter;
  /** Absent: the figure is missing. */
  readonly value?: number;
}

/**
 * The grade of an area from its measures alone, by the table in `domain/quality/measures.ts`: the worst vote. Of equal
 * votes a figure counts before what is missing, then the order of the table.
 */
export function gradeOf(measures: readonly Measure[]): Graded {
  const value = (name: MeasureName) =>
    measures.find((measure) => measure.name === name)?.value ?? null;
  if ((value("lines") ?? 0) === 0) return ungraded("no-source");
  if (value("tests") === null && value("coverage") === null) return ungraded("no-tests");
  // Coverage sees what the names of tests hide.
  const isHidden = (name: MeasureName) => name === "tests" && value("coverage") !== null;
  const votes = MEASURE_NAMES.flatMap((name) => (isHidden(name) ? [] : voteOf(name, measures)));
  const [worst] = votes
    .filter(({ letter }) => letter !== "A")
    .sort(
      (left, right) =>
        rank(right.letter) - rank(left.letter) ||
        Number(isMissing(left)) - Number(isMissing(right)),
    );
  if (worst === undefined) return { grade: "A", because: sayBecause("best"), isMissing: false };
  const { name, letter } = worst;
  return {
    grade: letter,
    decidedBy: name,
    because: cut(sayBecause(worst), 300),
    isMissing: isMissing(worst),
  };
}

/** None where no grade depends on it, where nothing is lost without it, or where there is nothing to measure. */
function voteOf(name: MeasureName, measures: readonly Measure[]): readonly Vote[] {
  const measure = measures.find((one) => one.name === name);
  const value = measure?.value ?? null;
  const rule = ruleOf(name);
  if (rule.whole === true || measure?.nothing === true) return [];
  if (value === null) return rule.cap === undefined ? [] : [{ name, letter: rule.cap }];
  const letter = letterOf(rule, value);
  return letter === undefined ? [] : [{ name, letter, value }];
}

function ungraded(why: "no-source" | "no-tests"): Graded {
  return { grade: "-", because: sayBecause(why), isMissing: true };
}

function isMissing({ value }: Vote): boolean {
  return value === undefined;
}

/** Steps from a bar down to a grade; 0 when the bar is met or nothing could be measured. */
export function gapBelow(bar: Grade, grade: Grade): number {
  if (bar === "-") return 0;
  return Math.max(0, rank(grade) - rank(bar));
}

/** From the best letter down; what has no grade stands before them all. */
function rank(grade: Grade): number {
  return (LETTERS as readonly Grade[]).indexOf(grade);
}
