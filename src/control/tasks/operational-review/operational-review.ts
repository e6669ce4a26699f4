import type { Effect } from "../../../domain/github/effect.ts";
import type { Part } from "../../../domain/github/snapshot.ts";
import { daysBefore } from "../../../domain/text/time.ts";
import type { History } from "../../../measures/history/history.ts";
import { learnFrom } from "../../../measures/learning/learn.ts";
import { reviewOf } from "../../../measures/review/review.ts";
import { REVIEW_DAYS } from "../../../measures/review/window.ts";
import { renderLearned, sayLearned } from "../../../wording/lessons/say-learned.ts";
import {
  renderReviewFigures,
  renderReviewIssue,
} from "../../../wording/pages/report/review-issue.ts";
import { sayRefusal } from "../../../wording/refusals.ts";
import type { View } from "../../observed/issue-view.ts";
import { type LessonsSeen, lessonsAtHead } from "../../observed/learning/lessons.ts";
import { reviewIssue } from "../../observed/overview/operational-review.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { draftsOf } from "../../outcome/lessons/drafts.ts";
import { refuseCaller } from "../../vetoes/preconditions.ts";
import { readLedgers } from "./read-ledgers.ts";

/**
 * Writes the one issue of the operational review. It is opened once and then edited in place, which notifies nobody. It
 * moves no work, so it ignores the andon: the review also reports how long the line was stopped.
 */
export function decideOperationalReview(view: View): Decision | Wants {
  if (view.configRefusal !== undefined) return stayQuiet(view, [view.configRefusal]);
  const stranger = refuseCaller(view);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  const { openIssues } = view.snapshot;
  if ("unknown" in openIssues) {
    const { unknown: found } = openIssues;
    return stayQuiet(view, [{ code: "state-unknown", subject: "the open issues", found }]);
  }
  const seen = lessonsAtHead(view);
  if ("wants" in seen) return seen;
  const gathered = readLedgers(view);
  if ("unknown" in gathered) {
    const { unknown: found } = gathered;
    return stayQuiet(view, [{ code: "state-unknown", subject: "the ledgers", found }]);
  }
  const { history, disbelieved } = gathered.known;
  const window = { from: daysBefore(view.now, REVIEW_DAYS), until: view.now };
  const review = reviewOf(history, window);
  const { lessons, notes } = learnedOf(view, history, seen);
  const decision = conclude(view, {
    headline: "operational-review-written",
    effects: [effectOf(view, renderReviewIssue(review, [...disbelieved, ...notes], lessons))],
  });
  const figures = [...renderReviewFigures(review), ...lessons].join("\n");
  return { ...decision, summary: `${decision.summary}\n${figures}\n` };
}

/** Lessons of the week, for people to read. A task that may write files proposes them. */
function learnedOf(
  view: View,
  history: History,
  seen: Part<LessonsSeen>,
): { readonly lessons: readonly string[]; readonly notes: readonly string[] } {
  if ("unknown" in seen) return { lessons: [], notes: [`the lessons: ${seen.unknown}`] };
  const { known } = seen;
  const learned = learnFrom(history, known.lessons, view.now);
  const { guideBytes } = view.config.learning;
  const { drafts, left } = draftsOf(learned, { ...known, guideBytes, guideIsProposed: false });
  return {
    lessons: renderLearned(sayLearned({ drafts, left, checks: learned.checks })),
    notes: known.refusals.map(sayRefusal),
  };
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
