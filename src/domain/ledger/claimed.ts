import { z } from "zod";
import { ObjectId } from "../digest.ts";
import { Continued } from "../github/owned-pull-request.ts";

/** An attempt holds the issue: its branch was created at the base. */
export const ClaimedEvent = z.strictObject({
  kind: z.literal("claimed"),
  attempt: z.int().positive(),
  branch: z.string(),
  base: ObjectId,
  /** Absent: it opens a pull request of its own. */
  continues: Continued.optional(),
  /** It is the change of an earlier attempt on a base that moved: nobody writes it again. Absent: it is not. */
  rebuilds: z.literal(true).optional(),
});
