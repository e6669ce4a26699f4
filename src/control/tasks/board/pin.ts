import type { EffectOf } from "../../../domain/github/effect.ts";
import { MOST_PINNED } from "../../../domain/github/pinning.ts";
import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import { type Unpinned, wasPinRefused } from "../../../wording/issue/board.ts";
import type { View } from "../../observed/issue-view.ts";
import { boardIssue, boardKey, boardNumber } from "../../observed/overview/board.ts";
import type { Wants } from "../../observed/situation.ts";

/** The action to take on the board's pin, and the note about it. */
interface Pin {
  readonly effects: readonly EffectOf<"pin-issue">[];
  readonly unpinned?: Unpinned;
  /** This run wrote the board before this was known. */
  readonly late: boolean;
}

const NOTHING: Pin = { effects: [], late: false };

/**
 * Pins the board once. GitHub's timeline tells whether anybody has pinned or unpinned it before. From then on people decide about
 * the pin, so that their unpinning is not undone an hour later. If the timeline is unknown, nothing is done.
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
  // After a lost answer, the next beat learns the result from the timeline.
  if (!wasRefused(receipt)) return { effects: [effect], late: false };
  return receipt.cause === "no-answer" ? NOTHING : { effects: [], unpinned: "refused", late: true };
}
