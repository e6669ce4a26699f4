import { z } from "zod";
import { ObjectId } from "../digest.ts";
import { CheckCause } from "../github/repository-check.ts";

/** The most checks that an entry names. */
export const CHECKED_NAMED = 10;

/** The repository's own checks of a published commit that are or were red, with the cause if facts tell it. */
export const CheckedEvent = z.strictObject({
  kind: z.literal("checked"),
  commit: ObjectId,
  red: z
    .array(z.strictObject({ name: z.string().max(200), cause: CheckCause }))
    .min(1)
    .max(CHECKED_NAMED),
});
