import type { Refusal } from "../../domain/refusal.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { entriesOf, lastOf } from "../observed/ledger/ledger.ts";
import { publishedPull } from "../observed/review/published-pull.ts";
import { hasSpokenSince } from "./spoken-since.ts";

/** The pull request in the ledger was closed without a merge, by a person or because its branch was deleted. */
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
 * Opens no replacement without a command to continue from a person who was told of the closing or could see it. A
 * review's request is about the closed pull request, and does not count.
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
