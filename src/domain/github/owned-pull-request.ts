import { z } from "zod";
import { ObjectId } from "../digest.ts";

/** The open pull request that an attempt goes on with: an issue has one for its whole life, and attempts are commits on it. */
export const Continued = z.strictObject({
  pullRequest: z.int().positive(),
  branch: z.string().max(250),
  /** Where the branch has to stand: whoever moved it meanwhile is never overwritten. */
  head: ObjectId,
  /** What that head was verified on; absent where it is not the factory's own work. */
  base: ObjectId.optional(),
});
export type Continued = z.infer<typeof Continued>;

/**
 * The parents of the commit that goes on with it. A base that moved is one of them: so the pull request shows the difference
 * to that base, and a merge of it makes the verified tree.
 */
export function parentsOf(continued: Continued, base: ObjectId): readonly ObjectId[] {
  return continued.base === base ? [continued.head] : [continued.head, base];
}
