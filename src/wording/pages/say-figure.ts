import { type MeasureName, type MeasureRule, ruleOf } from "../../domain/quality/measures.ts";

/**
 * A figure as people read it: whole per cents, two digits otherwise, rounded to the worse side so that it never looks
 * better than the grade that it earned. The dropped digits change with every commit and say nothing.
 */
export function sayFigure(name: MeasureName, value: number): string {
  const rule = ruleOf(name);
  const number = roundToWorse(rule, value);
  return rule.unit === "percent" ? `${number} %` : `${number}`;
}

/** A limit with its unit: `70 %`, `5`. */
export function sayLimit(name: MeasureName, limit: number): string {
  return ruleOf(name).unit === "percent" ? `${limit} %` : `${limit}`;
}

function roundToWorse({ unit, better }: MeasureRule, value: number): number {
  const digits = unit === "percent" || unit === "count" ? 0 : digitsFor(value);
  const round = better === "more" ? Math.floor : Math.ceil;
  // 0.1 + 0.2: a step of the last bit is no step of the figure.
  const exact = Number((value * 10 ** digits).toPrecision(12));
  return round(exact) / 10 ** digits;
}

/** Two digits that count: `37`, `2.8`, `0.06`. */
function digitsFor(value: number): number {
  if (value === 0) return 0;
  return Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value))));
}
