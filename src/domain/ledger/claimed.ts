import { z } from "zod";
import { ObjectId } from "../digest.ts";
import { Continued } from "../github/owned-pull-request.ts";

/** An attempt holds the issue: its branch was created at the base. */
export const ClaimedEvent = z.strictObject({
  kind: z.literal("claimed"),
  attempt: z.int().positive(),
  branch: z.string(),
  base: ObjectId,
  /** Absent: it opens its own pull request. */
  continues: Continued.optional(),
  /** It repeats the change of an earlier attempt on a moved base, without a coder. Absent: it does not. */
  rebuilds: z.literal(true).optional(),
});
