import { z } from "zod";

export const GRADES = ["A", "B", "C", "D", "-"] as const;
/** `-` means that nothing could be measured: it is not a grade. */
export const Grade = z.enum(GRADES);
export type Grade = z.infer<typeof Grade>;

/** One figure with where it came from. `null` means it could not be measured, and `source` says why. */
export const Measure = z.strictObject({
  name: z.enum([
    "tests",
    "test-failures",
    "coverage",
    "lint-findings",
    "type-findings",
    "churn",
    "open-defects",
    "files",
    "lines",
  ]),
  value: z.number().nullable(),
  unit: z.enum(["count", "percent", "changes-in-90-days", "lines"]),
  /** The command, report file or ids it can be recounted from. */
  source: z.string().max(400),
});
export type Measure = z.infer<typeof Measure>;

export const AreaQuality = z.strictObject({
  area: z.string().max(60),
  owner: z.string().max(100).nullable(),
  bar: Grade,
  grade: Grade,
  /** Which measure decided the grade, in words. */
  because: z.string().max(300),
  measures: z.array(Measure).max(20),
  /** A remark of the auditor; kept only when the line it cites exists. It never changes a grade. */
  note: z
    .strictObject({
      text: z.string().max(300),
      path: z.string().max(300),
      line: z.int().positive(),
    })
    .nullable(),
});
export type AreaQuality = z.infer<typeof AreaQuality>;

export const QualityReport = z.strictObject({
  commit: z.string(),
  repository: z.array(Measure).max(20),
  areas: z.array(AreaQuality).max(60),
  /** Below the bar, worst gap first, at most three (DESIGN §2). `fingerprint` finds the issue again. */
  gaps: z
    .array(
      z.strictObject({
        fingerprint: z.string().max(100),
        area: z.string().max(60),
        title: z.string().max(200),
        detail: z.string().max(1_000),
      }),
    )
    .max(3),
});
export type QualityReport = z.infer<typeof QualityReport>;
