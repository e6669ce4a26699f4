import { z } from "zod";
import { Digest } from "../digest.ts";

const Keys = z.array(Digest).max(5_000);

/** What the issues of a loop stand for already, by digests of the keys of items. */
export const Standing = z.strictObject({
  /** How many are open. */
  open: z.int().nonnegative(),
  /** The item of an open issue, */
  filed: Keys,
  /** those that it speaks for beside it, */
  spoken: Keys,
  /** and those that a person does not want. */
  dismissed: Keys,
});
export type Standing = z.infer<typeof Standing>;

export const NOTHING_STANDS: Standing = { open: 0, filed: [], spoken: [], dismissed: [] };
