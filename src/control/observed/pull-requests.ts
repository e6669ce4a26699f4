import type { Continued } from "../../domain/github/owned-pull-request.ts";
import type { PullRequestState } from "../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { OnIssue } from "./issue-view.ts";
import { type EntryOf, entriesOf, lastOf } from "./ledger.ts";

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

/** The branch that the pull request of a claim is of. */
export function pullBranchOf(claimed: EntryOf<"claimed"> | undefined): string | undefined {
  return claimed?.event.continues?.branch ?? claimed?.event.branch;
}

/**
 * The open pull request that the next attempt goes on with, undefined where there is none. It has to be the one that the
 * ledger knows, at the commit that the ledger knows: anything else is a person's.
 */
export function continuedBy(
  view: OnIssue,
): { readonly continues: Continued | undefined } | { readonly refusal: Refusal } {
  const open = openPullRequestOf(view);
  if (open === undefined) return { continues: undefined };
  const { entries } = view.ledger;
  const published = lastOf(entries, "published")?.event;
  if (published?.pullRequest !== open.number) return { refusal: refusePullRequestOpen(open) };
  if (published.commit !== open.head.sha) return { refusal: refuseTaken(open, published.commit) };
  const { number: pullRequest, head } = open;
  const claimed = entriesOf(entries, "claimed").find(
    ({ event }) => event.attempt === published.attempt,
  );
  const base = claimed === undefined ? {} : { base: claimed.event.base };
  return { continues: { pullRequest, branch: head.branch, head: head.sha, ...base } };
}

function refusePullRequestOpen({ number }: PullRequestState): Refusal {
  return {
    code: "pull-request-open",
    subject: `pull request ${number}`,
    found: "it is still open",
    accepted: "one pull request of an issue at a time",
    hint: "merge-or-close-then-comment",
  };
}

function refuseTaken({ number, head }: PullRequestState, own: string): Refusal {
  return {
    code: "pull-request-taken",
    subject: `pull request ${number}`,
    found: `its branch stands at ${head.sha}, which the factory did not make`,
    accepted: own,
    hint: "merge-or-close-then-comment",
  };
}
