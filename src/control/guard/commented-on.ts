import type { View } from "../observed/issue-view.ts";
import { examinedIn } from "./continued-bounds.ts";
import { isAlerted } from "./incident-bounds.ts";
import { isOfLoop } from "./loop-bounds.ts";
import { provenHead } from "./proof-bounds.ts";
import { reviewed } from "./review-bounds.ts";
import { unblockedPull } from "./unblock-bounds.ts";

/** A review, an examination and a proof comment on the pull request that they are about. Everything else comments on its issue. */
export function isCommentedOn(issue: number, view: View): boolean {
  if (isLeftBehind(issue, view)) return true;
  const isExamined = issue === examinedIn(view)?.pullRequest;
  if (issue === commentedOn(view) || isExamined) return true;
  return isAlerted(issue, view) || isOfLoop(issue, view);
}

/** For a deleted issue, the run comments on its remaining pull requests. */
function isLeftBehind(issue: number, { input, snapshot: { gone = [] } }: View): boolean {
  return input.task === "route" && gone.some(({ pulls = [] }) => pulls.includes(issue));
}

function commentedOn(view: View): number | undefined {
  if (view.input.task === "prove-report") return provenHead(view)?.number;
  if (view.input.task === "review-settle") return reviewed(view.input)?.number;
  return unblockedPull(view) ?? view.issue?.number;
}
