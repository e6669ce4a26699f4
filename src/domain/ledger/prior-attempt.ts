import { z } from "zod";

/** Result of an earlier attempt, in brief; never a transcript. */
export const PriorAttempt = z.strictObject({
  attempt: z.int().positive(),
  outcome: z.string().max(200),
  findings: z.array(z.string().max(1_000)).max(20),
  /** The part about tests alone, which is all that a tester learns about an earlier attempt. */
  aboutTests: z.array(z.string().max(300)).max(6).optional(),
});
export type PriorAttempt = z.infer<typeof PriorAttempt>;

/** The outcome of an attempt whose merge broke production and was reverted. */
export const TAKEN_BACK = "taken back";
