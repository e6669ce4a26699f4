import { z } from "zod";
import { Digest } from "../digest.ts";

const Keys = z.array(Digest).max(5_000);

/** Subjects that a loop's issues already cover, by digests of item keys. */
export const Standing = z.strictObject({
  /** Number of open issues. */
  open: z.int().nonnegative(),
  /** Items of open issues, */
  filed: Keys,
  /** items that they also cover, */
  spoken: Keys,
  /** and items that a person does not want. */
  dismissed: Keys,
});
export type Standing = z.infer<typeof Standing>;

export const NOTHING_STANDS: Standing = { open: 0, filed: [], spoken: [], dismissed: [] };
