import type { EffectOf } from "../../../domain/github/effect.ts";
import { MOST_PINNED } from "../../../domain/github/pinning.ts";
import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import { type Unpinned, wasPinRefused } from "../../../wording/issue/board.ts";
import type { View } from "../../observed/issue-view.ts";
import { boardIssue, boardKey, boardNumber } from "../../observed/overview/board.ts";
import type { Wants } from "../../observed/situation.ts";

/** What is to be done about the place of the board, and what it says of it. */
interface Pin {
  readonly effects: readonly EffectOf<"pin-issue">[];
  readonly unpinned?: Unpinned;
  /** The board was written by this run before this was known. */
  readonly late: boolean;
}

const NOTHING: Pin = { effects: [], late: false };

/**
 * The board is pinned once. GitHub's timeline tells whether anybody has pinned it before or taken it down: from then on its
 * place is theirs, so that whoever takes it down is not overruled an hour later. Where nothing is known nothing is done.
 */
export function pinOf(view: View): Pin | Wants {
  const issue = boardNumber(view);
  if (issue === undefined) return NOTHING;
  const standing = boardIssue(view);
  const { pinning } = view;
  if (pinning === undefined) return { wants: [], pinning: issue };
  if ("unknown" in pinning || pinning.known.wasPinned) return NOTHING;
  const { node, pinned } = pinning.known;
  const isNew = standing === undefined;
  if (pinned >= MOST_PINNED) return { effects: [], unpinned: "no-room", late: isNew };
  if (wasPinRefused(standing?.body ?? "")) return { effects: [], unpinned: "refused", late: false };
  const effect = { kind: "pin-issue", key: `${boardKey(view)}/pin`, issue, node } as const;
  const receipt = receiptOf(view.receipts, effect);
  // Of an answer that was lost the next beat learns by the timeline.
  if (!wasRefused(receipt)) return { effects: [effect], late: false };
  return receipt.cause === "no-answer" ? NOTHING : { effects: [], unpinned: "refused", late: true };
}
