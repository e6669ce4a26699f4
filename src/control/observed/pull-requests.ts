import type { PullRequestState } from "../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import type { OnIssue } from "./issue-view.ts";

/**
 * The open pull request of one of this issue's attempts: there is never more than one. It is the factory's where its own
 * identity opened it, or its ledger knows the number: anybody with write can lay a branch of that name. Where nobody knows
 * who opened it, it may be.
 */
export function openPullRequestOf(view: OnIssue): PullRequestState | undefined {
  const { snapshot, issue, input, ledger } = view;
  const known = ledger.entries.flatMap(({ event }) =>
    event.kind === "published" || event.kind === "reverting" ? [event.pullRequest] : [],
  );
  return snapshot.pullRequests.find(
    ({ state, head, author, number }) =>
      state === "open" &&
      leaseOfBranch(head.branch)?.issue === issue.number &&
      (author === undefined || author.id === input.identity.id || known.includes(number)),
  );
}
