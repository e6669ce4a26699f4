import type { GatheredItem } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";

/** Characters of JSON that a judge is shown of all items: about 40,000 tokens. */
const ROOM = 120_000;
const BODY = 2_000;
const OUTPUT = 1_000;
const PIECES = 5;

/**
 * The items that a judge is shown, in the order in which they were gathered, long texts cut: as many as fit. The others are
 * left for a run in which these have their issues.
 */
export function shownItems(items: readonly GatheredItem[]): readonly GatheredItem[] {
  let room = ROOM;
  const shorter = items.map(shortened);
  const end = shorter.findIndex((item) => {
    room -= JSON.stringify(item).length + 1;
    return room < 0;
  });
  return end < 0 ? shorter : shorter.slice(0, end);
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
