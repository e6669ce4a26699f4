import { z } from "zod";
import { SealedEntry } from "../ledger.ts";

/**
 * Where entries of a ledger continue from: the end of its last page, which is the entry before them, and the comments
 * that are its pages, in order. It is not sealed itself: the seal of the next entry covers it, and each page covers what
 * is before it.
 */
export const Continues = z.strictObject({
  ...SealedEntry.pick({ sequence: true, at: true, seal: true }).shape,
  pages: z.array(z.int().positive()).min(1),
});
export type Continues = z.infer<typeof Continues>;

/** Entries of a ledger in one comment, and where they continue from; nothing before the first. */
export interface LedgerLines {
  readonly entries: readonly SealedEntry[];
  readonly continues?: Continues;
}

/** Whether a first line is that of a page of the ledger with this marker. */
export function isPageOf(marker: string, firstLine: string): boolean {
  return firstLine.startsWith(`${marker}, page `);
}

/** Where the entries continue after this page, which is that comment. Throws a RangeError for an empty page. */
export function continuedAfter(page: LedgerLines, comment: number): Continues {
  const last = page.entries.at(-1);
  if (last === undefined) throw new RangeError("A page of a ledger has a line at least.");
  const { sequence, at, seal } = last;
  return { sequence, at, seal, pages: [...(page.continues?.pages ?? []), comment] };
}
