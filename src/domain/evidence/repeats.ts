import { z } from "zod";

/** How often a proof has to be seen: this many failures without the change, and as many passes with it. */
export const PROOF_TIMES = 3;

const Times = z.int().min(0).max(PROOF_TIMES);

/** How often a test was seen failing without the change and passing with it, of `PROOF_TIMES`, including the first runs. */
export const Repeated = z.strictObject({
  test: z.string().max(500),
  /** Failed or did not build on the base with the changed tests. */
  failed: Times,
  /** Passed on the change. */
  passed: Times,
});
export type Repeated = z.infer<typeof Repeated>;

/** One more run of a check on the same bytes. It is kept beside the first and never replaces it. */
export const FurtherRun = z.strictObject({
  status: z.enum(["passed", "failed", "timed-out"]),
  exitCode: z.int().nullable(),
  durationMs: z.number().nonnegative(),
  /** Whether it ran the whole check, or some tests alone. */
  whole: z.boolean(),
  /** Tests that failed in it: the first of them, by name. */
  failing: z.array(z.string().max(500)).max(50),
  /** Number beyond the bound. */
  more: z.int().nonnegative(),
});
export type FurtherRun = z.infer<typeof FurtherRun>;

/** How often a test was seen to turn: the lower count of both sides. */
export function timesSeen({ failed, passed }: Repeated): number {
  return Math.min(failed, passed);
}
