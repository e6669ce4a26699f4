import { z } from "zod";
import { Digest, ObjectId } from "../digest.ts";
import { LoopName } from "../loop/loop.ts";

/** Somebody gave the issue to the line, with the text of this digest. */
export const SubmittedEvent = z.strictObject({
  kind: z.literal("submitted"),
  /** The person; where a loop did it, the factory's own identity. */
  by: z.int().positive(),
  issue: Digest,
  /** By whose authority, where no person did: the loop file of this digest, as it stood at that commit. Absent: a person did. */
  loop: z.strictObject({ name: LoopName, file: Digest, base: ObjectId }).optional(),
});
