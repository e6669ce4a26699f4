import { z } from "zod";
import { Digest } from "../digest.ts";

/** A list that is not written whole: its length, and the digest of the names that are left out, one per line. */
export const SummedList = z.strictObject({ total: z.int().positive(), digest: Digest });

/** Such lists by their key. A list that is not here is whole. */
export const Summed = z.record(z.string().max(40), SummedList);
export type Summed = z.infer<typeof Summed>;

/** Length of a list, written whole or not. */
export function lengthOf<Key extends string>(
  piece: { readonly [Name in Key]?: readonly unknown[] | undefined } & {
    readonly summed?: Summed | undefined;
  },
  key: Key,
): number {
  return piece.summed?.[key]?.total ?? piece[key]?.length ?? 0;
}
