import { z } from "zod";

/** What becomes of alerts. */
export const Incidents = z.strictObject({
  /** Unseen for so long after its fix was seen live, an alert's issue is closed. */
  resolveAfterHours: z.int().positive().max(2_160).default(24),
});
export type Incidents = z.infer<typeof Incidents>;
