import {
  type Comparison,
  type EvalMeasure,
  MEASURES,
  type Measures,
  type SignTest,
} from "../../measures/evaluation/compare.ts";
import { counted, sayUsd } from "../figures.ts";

/** What is called a difference: chance alone would show as much at most once in twenty times. */
const LEVEL = 0.05;

const NAMES = {
  success: "ended well",
  tokens: "tokens",
  usd: "USD",
  findings: "findings",
} as const satisfies Record<EvalMeasure, string>;

/** What differs, as plain lines: each case, all of them, and whether that says anything. */
export function sayComparison({ cases, all, tests, unplayed }: Comparison): readonly string[] {
  return [
    `${counted(cases.length, "case")} on both sides, before → after`,
    ...cases.flatMap(({ name, measures }) => [`  ${name}`, ...sayMeasures(measures)]),
    ...(all === null ? [] : ["  all cases", ...sayMeasures(all)]),
    ...MEASURES.map((measure) => `  ${NAMES[measure]}: ${saySign(tests[measure])}`),
    ...unplayed.map((name) => `  ${name} was not played on both sides, and counts on neither`),
  ];
}

function sayMeasures(measures: Measures): readonly string[] {
  return MEASURES.map((measure) => {
    const { before, after } = measures[measure];
    return `    ${NAMES[measure].padEnd(12)} ${sayOne(measure, before)} → ${sayOne(measure, after)}`;
  });
}

function sayOne(measure: EvalMeasure, value: number): string {
  switch (measure) {
    case "success":
      return `${(value * 100).toFixed(0)} %`;
    case "usd":
      return sayUsd(value);
    default:
      return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
  }
}

function saySign({ better, worse, same, p, least }: SignTest): string {
  const counts = `${better} better, ${worse} worse, ${same} the same (p = ${p.toFixed(3)})`;
  if (least > LEVEL) return `${counts}; so few cases can show no difference: it takes six at least`;
  if (p > LEVEL) return `${counts}; no difference is shown`;
  return `${counts}; after is ${better > worse ? "better" : "worse"}`;
}
