import type { Refusal } from "../../domain/refusal.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { entriesOf, lastOf } from "../observed/ledger/ledger.ts";
import { publishedPull } from "../observed/review/published-pull.ts";
import { hasSpokenSince } from "./spoken-since.ts";

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

/**
 * Nobody builds another one in its place unless a person who was told of it says so, or who could see it says that it goes
 * on. What a review asks for is asked of that pull request, and is no such word.
 */
export function refuseInItsPlace(view: OnIssue): Refusal | undefined {
  const closed = refusePullClosed(view);
  const { entries } = view.ledger;
  if (closed === undefined) return undefined;
  const told = entries.findLastIndex(
    ({ event }) =>
      event.kind === "refused" &&
      event.refusal.code === closed.code &&
      event.refusal.subject === closed.subject,
  );
  const published = lastOf(entries, "published")?.sequence ?? entries.length;
  const goesOn = entriesOf(entries.slice(published), "commanded").some(({ event }) =>
    /^(?:retry|resume)/.test(event.command),
  );
  const isKnown = goesOn || (told !== -1 && hasSpokenSince(entries, told + 1));
  return isKnown ? undefined : closed;
}
