import type { EffectOf } from "../../domain/github/effect.ts";
import { DEAD_MARKER } from "../../wording/issue/automations.ts";
import { BOARD_MARKER } from "../../wording/issue/board.ts";
import { REVIEW_MARKER } from "../../wording/pages/report/review-issue.ts";
import type { View } from "../observed/issue-view.ts";
import { boardNumber, deadIssue } from "../observed/overview/board.ts";
import { reviewIssue } from "../observed/overview/operational-review.ts";
import { markerOfLoop } from "./loop-bounds.ts";
import { BODY, isTitle } from "./texts.ts";

/** The board, a loop's issue, the issue about failures and the operational review, each with its own last line and by its own task. */
export function factsOfEdit({ issue, marker, title, body }: EffectOf<"edit-issue">, view: View) {
  return [
    ["issue", ownMarkerOf(issue, view) !== undefined],
    ["marker", marker === ownMarkerOf(issue, view)],
    ["title", title === undefined || isTitle(title)],
    ["body", body.endsWith(`\n${marker}`) && body.length <= BODY],
  ] as const;
}

/** Only the board, by the id that GitHub showed for it. */
export function factsOfPin({ issue, node }: EffectOf<"pin-issue">, view: View) {
  const { pinning } = view;
  const shown = pinning !== undefined && "known" in pinning ? pinning.known : undefined;
  return [
    ["issue", view.input.task === "board" && issue === boardNumber(view)],
    ["node", shown?.issue === issue && shown.node === node],
  ] as const;
}

function ownMarkerOf(issue: number, view: View): string | undefined {
  const { task } = view.input;
  if (task === "operational-review" && issue === reviewIssue(view)?.number) return REVIEW_MARKER;
  if (issue === boardNumber(view)) return BOARD_MARKER;
  return isAboutDead(issue, view) ? DEAD_MARKER : markerOfLoop(issue, view);
}

export function isAboutDead(issue: number, view: View): boolean {
  return view.input.task === "board" && issue === deadIssue(view)?.number;
}
