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
  /** A missing measure limits the grade, which is no gap of the area itself. */
  readonly isMissing: boolean;
}

/** Effect of one measure on the grade: its letter, or the cap if it is missing. */
interface Vote {
  readonly name: MeasureName;
  readonly letter: Letter;
  /** Absent: the figure is missing. */
  readonly value?: number;
}

/**
 * The grade of an area from its measures alone, by the table in `domain/quality/measures.ts`: the worst vote. Among
 * equal votes a figure precedes a missing one, then the order of the table decides.
 */
export function gradeOf(measures: readonly Measure[]): Graded {
  const value = (name: MeasureName) =>
    measures.find((measure) => measure.name === name)?.value ?? null;
  if ((value("lines") ?? 0) === 0) return ungraded("no-source");
  if (value("tests") === null && value("coverage") === null) return ungraded("no-tests");
  // Coverage shows what the names of tests hide.
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

/** None if no grade depends on it, its absence costs nothing, or there is nothing to measure. */
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

/** Steps from a bar down to a grade; 0 if the bar is met or nothing could be measured. */
export function gapBelow(bar: Grade, grade: Grade): number {
  if (bar === "-") return 0;
  return Math.max(0, rank(grade) - rank(bar));
}

/** From the best letter down; no grade comes first. */
function rank(grade: Grade): number {
  return (LETTERS as readonly Grade[]).indexOf(grade);
}
