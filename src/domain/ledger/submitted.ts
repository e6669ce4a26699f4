import { z } from "zod";
import { Digest, ObjectId } from "../digest.ts";
import { LoopName } from "../loop/loop.ts";

/** Somebody put the issue on the line, with the text of this digest. */
export const SubmittedEvent = z.strictObject({
  kind: z.literal("submitted"),
  /** The person; for a loop, the factory's own identity. */
  by: z.int().positive(),
  issue: Digest,
  /** The authority, if no person: the loop file of this digest, at that commit. Absent: a person. */
  loop: z.strictObject({ name: LoopName, file: Digest, base: ObjectId }).optional(),
});
