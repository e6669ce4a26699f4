/** The unit of a figure, which decides its format. */
export type Unit = "count" | "percent" | "per-thousand-lines" | "per-file" | "lines";

/** One measure of an area. Its subject, its source and the remedy are described in `wording/pages/quality-words.ts`. */
export interface MeasureRule {
  readonly unit: Unit;
  readonly better: "more" | "less";
  /** The worst figure for each letter; beyond C it is a D. Absent: it is shown, and no grade depends on it. */
  readonly limits?: Readonly<Record<Limited, number>>;
  /** The best grade of an area without this figure. Absent: its absence costs nothing. */
  readonly cap?: "B" | "C";
  /** Measured only for the whole repository. */
  readonly whole?: true;
}

export const LETTERS = ["A", "B", "C", "D"] as const;
export type Letter = (typeof LETTERS)[number];
export const LIMITED = ["A", "B", "C"] as const;
export type Limited = (typeof LIMITED)[number];

/**
 * The published formula: the grade of an area is the worst letter of its figures, and no better than the lowest cap of a
 * missing figure. In the order of the page.
 */
export const MEASURES = {
  "test-failures": {
    unit: "count",
    better: "less",
    limits: { A: 0, B: 0, C: 0 },
    cap: "C",
  },
  coverage: { unit: "percent", better: "more", limits: { A: 85, B: 70, C: 50 }, cap: "B" },
  mutation: { unit: "percent", better: "more", limits: { A: 80, B: 60, C: 40 }, cap: "B" },
  noticed: { unit: "percent", better: "more", limits: { A: 80, B: 60, C: 40 }, cap: "B" },
  flaky: { unit: "percent", better: "less", limits: { A: 2, B: 10, C: 25 }, cap: "B" },
  tests: { unit: "per-thousand-lines", better: "more", limits: { A: 10, B: 5, C: 1 } },
  "type-findings": {
    unit: "per-thousand-lines",
    better: "less",
    limits: { A: 0, B: 0, C: 1 },
    cap: "B",
  },
  "lint-findings": {
    unit: "per-thousand-lines",
    better: "less",
    limits: { A: 0, B: 1, C: 5 },
    cap: "B",
  },
  complexity: { unit: "percent", better: "less", limits: { A: 2, B: 5, C: 10 } },
  duplication: { unit: "percent", better: "less", limits: { A: 3, B: 5, C: 10 } },
  "dropped-errors": { unit: "percent", better: "less", limits: { A: 0, B: 5, C: 20 } },
  documentation: { unit: "percent", better: "more", limits: { A: 50, B: 20, C: 0 } },
  "open-defects": { unit: "count", better: "less", limits: { A: 0, B: 1, C: 3 }, cap: "B" },
  escaped: { unit: "count", better: "less", limits: { A: 0, B: 1, C: 3 }, cap: "B" },
  reverts: { unit: "percent", better: "less", limits: { A: 5, B: 10, C: 15 }, cap: "B" },
  rework: { unit: "percent", better: "less", limits: { A: 10, B: 20, C: 30 } },
  churn: { unit: "per-file", better: "less", limits: { A: 6, B: 12, C: 24 }, cap: "B" },
  owned: { unit: "percent", better: "more", limits: { A: 100, B: 0, C: 0 } },
  "deprecated-packages": {
    unit: "count",
    better: "less",
    limits: { A: 0, B: 3, C: 10 },
    whole: true,
  },
  "old-packages": {
    unit: "percent",
    better: "less",
    limits: { A: 25, B: 50, C: 75 },
    whole: true,
  },
  advisories: { unit: "count", better: "less", limits: { A: 0, B: 0, C: 3 }, whole: true },
  files: { unit: "count", better: "less" },
  lines: { unit: "lines", better: "less" },
} as const satisfies Readonly<Record<string, MeasureRule>>;

export type MeasureName = keyof typeof MEASURES;

/** Their names in the order of the table. */
export const MEASURE_NAMES = Object.keys(MEASURES) as [MeasureName, ...MeasureName[]];

export function ruleOf(name: MeasureName): MeasureRule {
  return MEASURES[name];
}

/** The letter of a figure; undefined if no grade depends on it. */
export function letterOf({ better, limits }: MeasureRule, figure: number): Letter | undefined {
  if (limits === undefined) return undefined;
  const meets = (limit: number) => (better === "more" ? figure >= limit : figure <= limit);
  return LIMITED.find((letter) => meets(limits[letter])) ?? "D";
}
