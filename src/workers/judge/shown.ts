import type { Digest } from "../../domain/digest.ts";
import type { GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";

/** Characters of JSON with all items for a judge: about 40,000 tokens. */
const ROOM = 120_000;
const BODY = 2_000;
const OUTPUT = 1_000;
const PIECES = 5;

/**
 * The items for a judge, in the order in which they were gathered, with long texts cut: as many as fit. If not all fit,
 * each order begins at another item, so that none stays unseen.
 */
export function shownItems(items: readonly GatheredItem[], order: Digest): readonly GatheredItem[] {
  const shorter = items.map(shortened);
  const all = fitting(shorter);
  if (all.length === shorter.length) return all;
  const first = Number.parseInt(order.slice(0, 12), 16) % shorter.length;
  return fitting([...shorter.slice(first), ...shorter.slice(0, first)]);
}

function fitting(items: readonly GatheredItem[]): readonly GatheredItem[] {
  let room = ROOM;
  const end = items.findIndex((item) => {
    room -= JSON.stringify(item).length + 1;
    return room < 0;
  });
  return end < 0 ? items : items.slice(0, end);
}

function shortened({ key, title, body, evidence }: GatheredItem): GatheredItem {
  return {
    key,
    title,
    body: cut(body, BODY),
    evidence: evidence
      .slice(0, PIECES)
      .map(({ what, at, output }) => ({ what, at, output: cut(output, OUTPUT) })),
  };
}
