import { z } from "zod";
import { Digest } from "../digest.ts";

/** A list that is not written down whole: how long it is, and the digest of the names that are left out, one a line. */
export const SummedList = z.strictObject({ total: z.int().positive(), digest: Digest });

/** Such lists by the name of their key; whatever is not in it is whole. */
export const Summed = z.record(z.string().max(40), SummedList);
export type Summed = z.infer<typeof Summed>;

/** How long a list is, whether or not it is written down whole. */
export function lengthOf<Key extends string>(
  piece: { readonly [Name in Key]?: readonly unknown[] | undefined } & {
    readonly summed?: Summed | undefined;
  },
  key: Key,
): number {
  return piece.summed?.[key]?.total ?? piece[key]?.length ?? 0;
}
