import type { Refusal } from "../../../domain/refusal.ts";
import { isOnIssue, type OnIssue, type View } from "../../observed/issue-view.ts";
import { openPullRequestOf, refusePullRequestOpen } from "../../observed/pull-requests.ts";
import { publishedPull } from "../../observed/review/published-pull.ts";
import type { Decision } from "../../observed/situation.ts";
import { halt } from "../../outcome/conclude.ts";
import { refusePullClosed } from "../../vetoes/closed-pull.ts";
import { refuseDuplicate } from "../../vetoes/duplicate.ts";
import { refuseClosed } from "../../vetoes/preconditions.ts";

/**
 * A person who closes an issue or its pull request does not want it as it is, and only a person says what is wanted
 * instead. If the issue is closed or a duplicate, or its pull request was closed without a merge, nothing more is built
 * and nobody is asked to merge. GitHub also closes the pull request of a deleted branch. Undefined if both are open.
 */
export function followClosing(view: OnIssue): Decision | undefined {
  const refusals = [...closedIssue(view), ...closedPulls(view)];
  return refusals.length === 0 ? undefined : halt(view, { refusals: [...refusals] });
}

/** Like `followClosing`, for the closing event itself. A fork can give its branch a name of ours; only the ledger knows. */
export function routeClosing(
  view: View,
  closed: { readonly pullRequest: number },
): Decision | undefined {
  const isWaited = isOnIssue(view) && view.stage === "gating" && view.ledger.refusal === undefined;
  if (!isWaited || publishedPull(view)?.number !== closed.pullRequest) return undefined;
  return publishedPull(view)?.merged === true ? undefined : followClosing(view);
}

/**
 * The pull request stays as it is: the person who closed the issue decides about it. A person who closed both is asked
 * nothing until the issue is open again.
 */
function closedIssue(view: OnIssue): readonly Refusal[] {
  const open = openPullRequestOf(view);
  const isLeft = view.issue.state === "closed" && open !== undefined;
  const closed = refuseDuplicate(view) ?? (isLeft ? refuseClosed(view.issue) : undefined);
  if (closed === undefined) return [];
  return open === undefined ? [closed] : [closed, refusePullRequestOpen(open)];
}

function closedPulls(view: OnIssue): readonly Refusal[] {
  const closed = view.issue.state === "open" ? refusePullClosed(view) : undefined;
  return closed === undefined ? [] : [closed];
}
