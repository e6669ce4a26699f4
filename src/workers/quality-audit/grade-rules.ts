import type { Measure } from "../../domain/quality.ts";

/**
 * The published formula. Each rule turns one measure into a grade by the limits of A, B and C (worse is D); the grade of
 * an area is the worst of them. The table in quality.md is rendered from these very rules.
 */
export interface GradeRule {
  readonly measure: Measure["name"];
  /** What is compared with the limits. */
  readonly figure: string;
  readonly better: "more" | "less";
  readonly limits: { readonly A: number; readonly B: number; readonly C: number };
  readonly per?: "thousand-lines" | "file";
}

export const GRADE_RULES: readonly GradeRule[] = [
  {
    measure: "test-failures",
    figure: "failing tests",
    better: "less",
    limits: { A: 0, B: 0, C: 0 },
  },
  {
    measure: "coverage",
    figure: "% of lines covered",
    better: "more",
    limits: { A: 85, B: 70, C: 50 },
  },
  {
    measure: "tests",
    figure: "tests per 1,000 lines",
    better: "more",
    limits: { A: 10, B: 5, C: 1 },
    per: "thousand-lines",
  },
  {
    measure: "type-findings",
    figure: "type findings per 1,000 lines",
    better: "less",
    limits: { A: 0, B: 0, C: 1 },
    per: "thousand-lines",
  },
  {
    measure: "lint-findings",
    figure: "lint findings per 1,000 lines",
    better: "less",
    limits: { A: 0, B: 1, C: 5 },
    per: "thousand-lines",
  },
  {
    measure: "open-defects",
    figure: "open defects",
    better: "less",
    limits: { A: 0, B: 1, C: 3 },
  },
  {
    measure: "churn",
    figure: "changes per file in 90 days",
    better: "less",
    limits: { A: 6, B: 12, C: 24 },
    per: "file",
  },
];

export const LETTERS = ["A", "B", "C", "D"] as const;

export const LIMITED = ["A", "B", "C"] as const;

export type Letter = (typeof LETTERS)[number];
