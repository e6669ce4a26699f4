import { z } from "zod";
import { MEASURE_NAMES } from "./quality/measures.ts";

export const GRADES = ["A", "B", "C", "D", "-"] as const;
/** `-` means that nothing could be measured; it is no grade. */
export const Grade = z.enum(GRADES);
export type Grade = z.infer<typeof Grade>;

/** One figure with its source. `null` means it could not be measured, and `source` says why. */
export const Measure = z.strictObject({
  name: z.enum(MEASURE_NAMES),
  /** In the unit of its rule, not rounded. */
  value: z.number().nullable(),
  /** There is nothing to measure, so nothing is missing, and no grade depends on it. */
  nothing: z.literal(true).optional(),
  /** The command, report file or ids to recompute it from. No totals, because they change with every commit. */
  source: z.string().max(400),
  /** The counts of a share: `90 of 100 lines`. Shown in issues and not on the page. */
  counted: z.string().max(200).optional(),
  /** Where to look first, worst first: `src/quote.ts:14`. */
  where: z.array(z.string().max(320)).max(3).optional(),
});
export type Measure = z.infer<typeof Measure>;

export const AreaQuality = z.strictObject({
  area: z.string().max(60),
  owner: z.string().max(100).nullable(),
  bar: Grade,
  grade: Grade,
  /** Its grades in earlier versions of the page, oldest first, without repetitions. */
  trend: z.array(Grade).max(6),
  /** The measure that decided, or whose absence did. Absent: nothing was measured, or all figures earn an A. */
  decidedBy: z.enum(MEASURE_NAMES).optional(),
  /** Why the grade is no better, in words. */
  because: z.string().max(300),
  measures: z.array(Measure).max(30),
  /** A remark of the auditor, kept only if the line it cites exists. It never changes a grade. */
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
  repository: z.array(Measure).max(30),
  areas: z.array(AreaQuality).max(60),
  /** Areas below the bar, largest gap first, at most three (DESIGN §2). `fingerprint` finds the issue again. */
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
