import { z } from "zod";

/** The steps of a change in order, the files it is expected to touch, and what may go wrong. */
export const Plan = z.strictObject({
  steps: z.array(z.string().min(1).max(500)).min(1).max(20),
  files: z.array(z.string().min(1).max(300)).max(50),
  risks: z.array(z.string().min(1).max(500)).max(10),
});
export type Plan = z.infer<typeof Plan>;
