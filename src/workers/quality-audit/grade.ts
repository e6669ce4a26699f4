import type { Grade, Measure } from "../../domain/quality.ts";
import { GRADE_RULES, type GradeRule, LETTERS, type Letter, LIMITED } from "./grade-rules.ts";

export interface Graded {
  readonly grade: Grade;
  /** The measure that decided; undefined when what is missing did: that is no gap of the area's own. */
  readonly decidedBy: Measure["name"] | undefined;
  readonly because: string;
}

/**
 * The grade of an area from its measures alone. Tests are counted only where coverage is not known, since coverage sees
 * what a file's name hides; tests that nobody saw running earn a C at best; without source lines there is no grade.
 */
export function gradeOf(
  measures: readonly Measure[],
  seen: { readonly testsRan: boolean },
): Graded {
  const value = (name: Measure["name"]) =>
    measures.find((measure) => measure.name === name)?.value ?? null;
  const lines = value("lines") ?? 0;
  if (lines === 0) return { grade: "-", decidedBy: undefined, because: "no source lines" };
  const covered = value("coverage") !== null;
  const graded = GRADE_RULES.flatMap((rule) => {
    const raw = value(rule.measure);
    if (raw === null || (rule.measure === "tests" && covered)) return [];
    const figure = scale(rule, raw, { lines, files: value("files") ?? 0 });
    return { rule, letter: letterOf(rule, figure), figure };
  });
  if (!graded.some(({ rule }) => rule.measure === "tests" || rule.measure === "coverage")) {
    return {
      grade: "-",
      decidedBy: undefined,
      because: "neither tests nor coverage could be measured",
    };
  }
  const worst = graded.reduce((left, right) =>
    rank(right.letter) > rank(left.letter) ? right : left,
  );
  if (!seen.testsRan && rank(worst.letter) < rank("C")) {
    return { grade: "C", decidedBy: undefined, because: "nobody saw its tests run (C at best)" };
  }
  return { grade: worst.letter, decidedBy: worst.rule.measure, because: explain(worst) };
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

function scale(
  rule: GradeRule,
  value: number,
  size: { readonly lines: number; readonly files: number },
): number {
  if (rule.per === "thousand-lines") return (value * 1_000) / size.lines;
  if (rule.per === "file") return size.files === 0 ? 0 : value / size.files;
  return value;
}

function letterOf({ better, limits }: GradeRule, figure: number): Letter {
  const meets = (limit: number) => (better === "more" ? figure >= limit : figure <= limit);
  return LIMITED.find((letter) => meets(limits[letter])) ?? "D";
}

/** The figure, and what the next better grade asks for. */
function explain(graded: {
  readonly rule: GradeRule;
  readonly letter: Letter;
  readonly figure: number;
}): string {
  const { better, limits, figure: unit } = graded.rule;
  const shown = `${sayFigure(graded.figure)} ${unit}`;
  const above = LIMITED.filter((letter) => rank(letter) < rank(graded.letter)).at(-1);
  if (above === undefined) return "all metrics meet grade A";
  // A and B may share a limit: then it is the better one that waits there.
  const next = LIMITED.find((letter) => limits[letter] === limits[above]) ?? above;
  return `${shown} (${next} ${better === "more" ? "from" : "up to"} ${limits[next]})`;
}

function sayFigure(figure: number): string {
  return Number.isInteger(figure) ? `${figure}` : figure.toFixed(1);
}
