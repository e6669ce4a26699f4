import { z } from "zod";
import { SealedEntry } from "../ledger.ts";

/**
 * Where lines of a ledger go on from: the end of its last page, which is the line before them, and the comments that are its
 * pages, in order. It is not sealed itself: the seal of the next line holds the one that it names, and each page what is
 * before it.
 */
export const Continues = z.strictObject({
  ...SealedEntry.pick({ sequence: true, at: true, seal: true }).shape,
  pages: z.array(z.int().positive()).min(1),
});
export type Continues = z.infer<typeof Continues>;

/** Lines of a ledger in one comment, and where they go on from; nothing before the first. */
export interface LedgerLines {
  readonly entries: readonly SealedEntry[];
  readonly continues?: Continues;
}

/** Whether a first line is that of a page of the ledger that begins with this marker. */
export function isPageOf(marker: string, firstLine: string): boolean {
  return firstLine.startsWith(`${marker}, page `);
}

/** Where the lines go on after this page, which is that comment. Throws a RangeError for a page without a line. */
export function continuedAfter(page: LedgerLines, comment: number): Continues {
  const last = page.entries.at(-1);
  if (last === undefined) throw new RangeError("A page of a ledger has a line at least.");
  const { sequence, at, seal } = last;
  return { sequence, at, seal, pages: [...(page.continues?.pages ?? []), comment] };
}
