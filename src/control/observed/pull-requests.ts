import type { Continued } from "../../domain/github/owned-pull-request.ts";
import type { PullRequestState } from "../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { OnIssue } from "./issue-view.ts";
import { type EntryOf, entriesOf, lastOf } from "./ledger/ledger.ts";

/**
 * The open pull request of an attempt of this issue; there is at most one. It belongs to the factory if its own identity
 * opened it, or its ledger knows the number, because anybody with write access can create a branch with that name. If
 * the author is unknown, it may belong to the factory.
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

/** The pull request branch of a claim. */
export function pullBranchOf(claimed: EntryOf<"claimed"> | undefined): string | undefined {
  return claimed?.event.continues?.branch ?? claimed?.event.branch;
}

/**
 * The open pull request that the next attempt continues; undefined if there is none. It has to be the one, and at the
 * commit, that the ledger knows. Anything else is a person's.
 */
export function continuedBy(
  view: OnIssue,
): { readonly continues: Continued | undefined } | { readonly refusal: Refusal } {
  const open = openPullRequestOf(view);
  if (open === undefined) return { continues: undefined };
  const { entries } = view.ledger;
  const published = lastOf(entries, "published")?.event;
  if (published?.pullRequest !== open.number) return { refusal: refusePullRequestOpen(open) };
  const { number: pullRequest, head } = open;
  if (published.commit !== head.sha) {
    return isTakenBack(view, head.sha)
      ? { continues: { pullRequest, branch: head.branch, head: head.sha } }
      : { refusal: refuseTaken(open, published.commit) };
  }
  const claimed = entriesOf(entries, "claimed").find(
    ({ event }) => event.attempt === published.attempt,
  );
  const base = claimed === undefined ? {} : { base: claimed.event.base };
  return { continues: { pullRequest, branch: head.branch, head: head.sha, ...base } };
}

const TAKEN_BACK = /^resume past commit ([0-9a-f]{40,64})$/;

/** How a resume records that a person has seen the commits of others, and wants the next attempt on top of them. */
export function resumePast(commit: string): string {
  return `resume past commit ${commit}`;
}

/** Whether the ledger's pull request is at a commit that the factory did not make, and nobody gave back. */
export function takenAt(view: OnIssue): string | undefined {
  const going = continuedBy(view);
  const isTaken = "refusal" in going && going.refusal.code === "pull-request-taken";
  return isTaken ? openPullRequestOf(view)?.head.sha : undefined;
}

function isTakenBack({ ledger }: OnIssue, commit: string): boolean {
  const said = entriesOf(ledger.entries, "commanded");
  return said.some(({ event }) => TAKEN_BACK.exec(event.command)?.[1] === commit);
}

export function refusePullRequestOpen({ number }: PullRequestState): Refusal {
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
    hint: "take-it-back",
  };
}
