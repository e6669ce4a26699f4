import { z } from "zod";

/** What an earlier attempt left behind, in brief: never a transcript. */
export const PriorAttempt = z.strictObject({
  attempt: z.int().positive(),
  outcome: z.string().max(200),
  findings: z.array(z.string().max(1_000)).max(20),
  /** What of it concerns tests alone: all that a tester is told of an earlier attempt. */
  aboutTests: z.array(z.string().max(300)).max(6).optional(),
});
export type PriorAttempt = z.infer<typeof PriorAttempt>;

/** The outcome of an attempt whose merge broke production and was taken back. */
export const TAKEN_BACK = "taken back";
