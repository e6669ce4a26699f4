import type { PullRequestState } from "../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import type { OnIssue } from "./issue-view.ts";

/** The open pull request of one of this issue's attempts: there is never more than one. */
export function openPullRequestOf({ snapshot, issue }: OnIssue): PullRequestState | undefined {
  return snapshot.pullRequests.find(
    ({ state, head }) => state === "open" && leaseOfBranch(head.branch)?.issue === issue.number,
  );
}
