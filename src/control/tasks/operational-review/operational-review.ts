import type { Effect } from "../../../domain/github/effect.ts";
import { daysBefore } from "../../../domain/text/time.ts";
import { reviewOf } from "../../../measures/review/review.ts";
import { REVIEW_DAYS } from "../../../measures/review/window.ts";
import {
  renderReviewFigures,
  renderReviewIssue,
} from "../../../wording/pages/report/review-issue.ts";
import type { View } from "../../observed/issue-view.ts";
import { reviewIssue } from "../../observed/overview/operational-review.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { refuseCaller } from "../../vetoes/preconditions.ts";
import { readLedgers } from "./read-ledgers.ts";

/**
 * Writes the one issue of the operational review: opened once, then edited in place, which notifies nobody. It moves no work,
 * so it does not ask the andon: how long the line stood still is a part of what it tells.
 */
export function decideOperationalReview(view: View): Decision {
  if (view.configRefusal !== undefined) return stayQuiet(view, [view.configRefusal]);
  const stranger = refuseCaller(view);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  const { openIssues } = view.snapshot;
  if ("unknown" in openIssues) {
    const { unknown: found } = openIssues;
    return stayQuiet(view, [{ code: "state-unknown", subject: "the open issues", found }]);
  }
  const gathered = readLedgers(view);
  if ("unknown" in gathered) {
    const { unknown: found } = gathered;
    return stayQuiet(view, [{ code: "state-unknown", subject: "the ledgers", found }]);
  }
  const { history, disbelieved } = gathered.known;
  const window = { from: daysBefore(view.now, REVIEW_DAYS), until: view.now };
  const review = reviewOf(history, window);
  const decision = conclude(view, {
    headline: "operational-review-written",
    effects: [effectOf(view, renderReviewIssue(review, disbelieved))],
  });
  const figures = renderReviewFigures(review).join("\n");
  return { ...decision, summary: `${decision.summary}\n${figures}\n` };
}

function effectOf(
  view: View,
  { marker, title, body }: ReturnType<typeof renderReviewIssue>,
): Effect {
  const standing = reviewIssue(view);
  const key = `operational-review/${view.input.run.id}`;
  return standing === undefined
    ? { kind: "open-issue", key, marker, title, body, labels: [] }
    : { kind: "edit-issue", key, issue: standing.number, marker, body };
}
