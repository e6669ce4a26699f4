import { z } from "zod";
import { ObjectId } from "../digest.ts";
import { CheckCause } from "../github/repository-check.ts";

/** How many checks a line names. */
export const CHECKED_NAMED = 10;

/** The repository's own checks of a published commit that are red, or were, and why as far as facts tell. */
export const CheckedEvent = z.strictObject({
  kind: z.literal("checked"),
  commit: ObjectId,
  red: z
    .array(z.strictObject({ name: z.string().max(200), cause: CheckCause }))
    .min(1)
    .max(CHECKED_NAMED),
});
