import type { Refusal } from "../../domain/refusal.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { lastOf } from "../observed/ledger.ts";
import { publishedPull } from "../observed/published-pull.ts";
import { hasSpokenSince } from "../observed/spoken-since.ts";

/** The pull request of the ledger was closed without a merge, by a person or because its branch was deleted. */
export function refusePullClosed(view: OnIssue): Refusal | undefined {
  const pull = publishedPull(view);
  if (pull === undefined || pull.state === "open" || pull.merged) return undefined;
  const { branch } = pull.head;
  const isGone = !view.branches.some(({ name }) => name === branch);
  return {
    code: "pull-request-closed",
    subject: `pull request ${pull.number}`,
    found: isGone ? `it is closed, and its branch ${branch} is gone` : "it is closed",
    accepted: "an open pull request",
  };
}

/** Nobody builds another one in its place unless a person said so since it was published. */
export function refuseInItsPlace(view: OnIssue): Refusal | undefined {
  const { entries } = view.ledger;
  const published = lastOf(entries, "published")?.sequence ?? entries.length;
  return hasSpokenSince(entries, published) ? undefined : refusePullClosed(view);
}
