import { announceIssue, type Change, noteEvent, touch } from "./issue-changes.ts";
import type { IssueState } from "./issue-state.ts";
import { type RepositoryState, timestamp } from "./state.ts";

/** Closes an issue, or a pull request without merging it. Does nothing if it is closed already. */
export async function closeIssue(
  change: Change,
  issue: IssueState,
  cause: { readonly reason: "completed" | "not_planned" | "duplicate"; readonly commitId?: string },
): Promise<void> {
  if (issue.state === "closed") return;
  issue.state = "closed";
  issue.stateReason = issue.pull === undefined ? cause.reason : null;
  issue.closedAt = timestamp(change.twin);
  issue.closedBy = change.caller.account;
  touch(change, issue);
  noteEvent(change, issue, { event: "closed", commitId: cause.commitId ?? null });
  await announceIssue(change, issue, { action: "closed" });
}

export async function reopenIssue(change: Change, issue: IssueState): Promise<void> {
  if (issue.state === "open") return;
  issue.state = "open";
  issue.stateReason = issue.pull === undefined ? "reopened" : null;
  issue.closedAt = null;
  issue.closedBy = null;
  touch(change, issue);
  noteEvent(change, issue, { event: "reopened" });
  await announceIssue(change, issue, { action: "reopened" });
}

/** Source: docs.github.com/en/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue */
const CLOSING = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+))?#(\d+)\b/gi;

/** Numbers of this repository's issues that a text closes. */
export function closedByText(repository: RepositoryState, text: string): number[] {
  const numbers = [...text.matchAll(CLOSING)]
    .filter(
      ([, other]) =>
        other === undefined || other.toLowerCase() === repository.fullName.toLowerCase(),
    )
    .map(([, , number]) => Number(number));
  return [...new Set(numbers)];
}

export async function closeByText(change: Change, text: string, commitId?: string): Promise<void> {
  for (const number of closedByText(change.repository, text)) {
    const issue = change.repository.issues.get(number);
    if (issue === undefined || issue.pull !== undefined) continue;
    await closeIssue(change, issue, {
      reason: "completed",
      ...(commitId === undefined ? {} : { commitId }),
    });
  }
}
