import { z } from "zod";

/** Remarks on measured areas, each at a line that a person can open. */
export const AuditorAnswer = z.strictObject({
  notes: z
    .array(
      z.strictObject({
        area: z.string().max(60),
        text: z.string().min(1).max(300),
        path: z.string().max(300),
        line: z.int().positive(),
      }),
    )
    .max(60),
});
export type AuditorAnswer = z.infer<typeof AuditorAnswer>;
