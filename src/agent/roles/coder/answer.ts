import { z } from "zod";

/** What the coder says of its change; the change itself is read from the work tree by trusted code. */
export const CoderAnswer = z.strictObject({
  summary: z.string().min(1).max(2_000),
  assumptions: z.array(z.string().min(1).max(400)).max(10),
});
export type CoderAnswer = z.infer<typeof CoderAnswer>;
