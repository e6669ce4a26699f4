import { z } from "zod";
import { MeasureName, type Measures } from "./gathered.ts";

const COMPARED = {
  "<": (left: number, right: number) => left < right,
  "<=": (left: number, right: number) => left <= right,
  "=": (left: number, right: number) => left === right,
  ">=": (left: number, right: number) => left >= right,
  ">": (left: number, right: number) => left > right,
} as const;

const FORM = /^([a-z][a-z0-9-]{0,59}) (<=|>=|<|=|>) (-?[0-9]{1,15}(?:\.[0-9]{1,6})?)$/;

/** A measure compared with a number, as people write it: `outdated = 0`. Evaluated by code alone. */
export const Condition = z
  .string()
  .regex(FORM, 'expected a measure, a comparison and a number, like "outdated = 0"');
export type Condition = z.infer<typeof Condition>;

/** The measure in a condition. */
export function measureOf(condition: Condition): string {
  return MeasureName.parse(FORM.exec(condition)?.[1]);
}

/** Undefined if it was not measured: unknown is neither yes nor no. */
export function holds(condition: Condition, measures: Measures): boolean | undefined {
  const [, name = "", comparison, number] = FORM.exec(condition) ?? [];
  const value = Object.hasOwn(measures, name) ? measures[name] : undefined;
  if (value === undefined || number === undefined || !isComparison(comparison)) return undefined;
  return COMPARED[comparison](value, Number(number));
}

function isComparison(text: string | undefined): text is keyof typeof COMPARED {
  return text !== undefined && Object.hasOwn(COMPARED, text);
}
