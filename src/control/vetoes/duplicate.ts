import type { IssueState } from "../../domain/github/snapshot.ts";
import { type SealedEntry, stageOfLedger } from "../../domain/ledger.ts";
import { digestOfIssue } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Stage } from "../../domain/stage.ts";
import { type OnIssue, repositoryUrl } from "../observed/issue-view.ts";
import { entriesOf, lastOf } from "../observed/ledger/ledger.ts";
import { readWorkToday } from "../observed/turns/work-today.ts";
import { hasSpokenSince } from "./spoken-since.ts";

/**
 * A duplicate request is built once, by two laws. Either a person with write access marked the issue as a duplicate, or
 * another issue in the line has the same text, to the byte. Similar texts prove nothing. A person who was told, and lets
 * it continue, knows better.
 */
export function refuseDuplicate(view: OnIssue): Refusal | undefined {
  const refusal = refuseMarked(view) ?? refuseTwin(view);
  return refusal === undefined || isKnown(view, refusal) ? undefined : refusal;
}

function refuseMarked(view: OnIssue): Refusal | undefined {
  const { number, duplicateOf, state } = view.issue;
  if (duplicateOf === undefined) return undefined;
  const how = state === "closed" ? "closed" : "marked";
  return {
    code: "issue-duplicate",
    subject: `issue ${number}`,
    found: `it is ${how} as a duplicate${sayOther(duplicateOf)}`,
    ...linkTo(view, duplicateOf.number),
  };
}

function sayOther({ number, url }: NonNullable<IssueState["duplicateOf"]>): string {
  if (number !== undefined) return ` of issue ${number}`;
  return url === undefined ? "" : ` of ${url}`.slice(0, 300);
}

function linkTo(view: OnIssue, issue: number | undefined): Pick<Refusal, "hint"> {
  if (issue === undefined) return {};
  const url = `${repositoryUrl(view)}/issues/${issue}`;
  return { hint: { code: "go-on-with-the-other", issue, url } };
}

/** Stages at which the factory is next, or a person for whom it waits. At any other its work has ended, or failed. */
const IN_LINE: readonly (Stage | undefined)[] = [
  "queued",
  "needs-info",
  "proposed",
  "ready",
  "building",
  "gating",
  "smoking",
];

/**
 * Compares the submitted texts in the ledgers of the day. The issue that has begun continues, or else the older one, so
 * that exactly one of two does.
 */
function refuseTwin(view: OnIssue): Refusal | undefined {
  const work = readWorkToday(view);
  if ("unknown" in work || hasBegun(view.ledger.entries)) return undefined;
  const own = view.issue.number;
  const digest = digestOfIssue(view.issue);
  const [twin] = [...work.known.ledgers]
    .filter(
      ([number, entries]) =>
        number !== own &&
        lastOf(entries, "submitted")?.event.issue === digest &&
        IN_LINE.includes(stageOfLedger(entries)) &&
        (number < own || hasBegun(entries)) &&
        isOpen(view, number),
    )
    .map(([number]) => number)
    .toSorted((left, right) => left - right);
  if (twin === undefined) return undefined;
  return {
    code: "issue-duplicate",
    subject: `issue ${own}`,
    found: `issue ${twin} has the same text, and is in the line`,
    ...linkTo(view, twin),
  };
}

function hasBegun(entries: readonly SealedEntry[]): boolean {
  return entriesOf(entries, "claimed").length > 0;
}

/** If all open issues were read, a missing one was closed by hand. */
function isOpen(
  { snapshot: { openIssues, asked = openIssues } }: OnIssue,
  number: number,
): boolean {
  return "unknown" in asked || asked.known.some((one) => one.number === number);
}

/** A person gave a command after the ledger recorded it. */
function isKnown({ ledger: { entries }, issue }: OnIssue, { code, found }: Refusal): boolean {
  const told = entries.findLastIndex(
    ({ event }) =>
      event.kind === "refused" && event.refusal.code === code && event.refusal.found === found,
  );
  return told !== -1 && issue.state === "open" && hasSpokenSince(entries, told + 1);
}
