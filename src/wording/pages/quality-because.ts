import {
  type Letter,
  LIMITED,
  type Limited,
  letterOf,
  type MeasureName,
  ruleOf,
} from "../../domain/quality/measures.ts";
import { MEASURE_WORDS } from "./quality-words.ts";
import { sayFigure, sayLimit } from "./say-figure.ts";

/** What decided a grade: a figure with its letter, or the cap of one that is missing. */
export interface Decided {
  readonly name: MeasureName;
  readonly letter: Letter;
  readonly value?: number;
}

/** Why a grade is what it is, in one line. */
export function sayBecause(decided: Decided | "best" | "no-source" | "no-tests"): string {
  if (decided === "best") return "every figure earns an A";
  if (decided === "no-source") return "no source lines";
  if (decided === "no-tests") return "neither tests nor coverage could be measured";
  const { name, letter, value } = decided;
  if (value === undefined) return `${MEASURE_WORDS[name].title}: not measured (${letter} at best)`;
  const next = nextLimit(name, value);
  const asked =
    next === undefined ? "" : ` (${next.letter} asks for ${askedFor(name, next.limit)})`;
  return `${sayState(name, value)}${asked}`;
}

/** A figure in a sentence: `40 % of the lines are covered by tests`, `1 defect is open`. */
export function sayState(name: MeasureName, value: number): string {
  const { says, saysOfOne = says } = MEASURE_WORDS[name];
  return `${sayFigure(name, value)} ${value === 1 ? saysOfOne : says}`;
}

/** What a limit asks for: `70 % or more`, `3 or fewer`, `none`, `all`. */
export function askedFor(name: MeasureName, limit: number): string {
  const { better, unit } = ruleOf(name);
  if (better === "less" && limit === 0) return "none";
  if (better === "more" && unit === "percent" && limit === 100) return "all";
  const fewer = unit === "percent" ? "less" : "fewer";
  return `${sayLimit(name, limit)} or ${better === "more" ? "more" : fewer}`;
}

/** The letter that is the next better one for a figure, and its limit; undefined for an A. */
export function nextLimit(
  name: MeasureName,
  value: number,
): { readonly letter: Limited; readonly limit: number } | undefined {
  const rule = ruleOf(name);
  const { limits } = rule;
  const letter = letterOf(rule, value);
  if (limits === undefined || letter === undefined) return undefined;
  const above = LIMITED.filter((one) => one < letter).at(-1);
  if (above === undefined) return undefined;
  // A and B may share a limit: then it is the better one that waits there.
  const best = LIMITED.find((one) => limits[one] === limits[above]) ?? above;
  return { letter: best, limit: limits[best] };
}
