import { mayCommand } from "../../../domain/actor.ts";
import type { ReviewState, ReviewThread, Said } from "../../../domain/github/owned-pull-request.ts";
import type { IssueText } from "../../../domain/order.ts";
import { cut } from "../../../domain/text/cut.ts";
import { readCommand } from "../../observed/command.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { entriesOf, lastOf } from "../../observed/ledger/ledger.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";

/** The most findings, and the most characters of each, that a ledger entry takes. The order carries the whole text. */
const MOST_FINDINGS = 9;
const FINDING_CHARACTERS = 300;

/** Whether a comment counts as a wish: by a person with write access, without a command. Comments of others do not count (threats IN-08). */
function isWish({ author, body }: Said): boolean {
  return mayCommand(author) && body.trim() !== "" && readCommand(body) === undefined;
}

/**
 * Threads without a resolution by a person, in which a person with write access spoke last. The factory's own answer
 * closes a thread, and a reply opens it again.
 */
export function openThreads({ owned }: View): readonly ReviewThread[] {
  return (owned?.threads ?? []).filter(({ comments, settled }) => {
    if (settled) return false;
    const last = comments.at(-1);
    return last !== undefined && isWish(last);
  });
}

/** Ids of the last comments in open threads. The coder of the next attempt is told of them. */
export function lastWords(view: View): number[] {
  return openThreads(view).flatMap(({ comments }) => comments.at(-1)?.id ?? []);
}

/** Comments in a thread since the last answer. */
export function wishesIn({ comments }: ReviewThread, own: number): readonly Said[] {
  const answered = comments.findLastIndex(({ author }) => author.id === own);
  return comments.slice(answered + 1).filter(isWish);
}

/**
 * Change requests that nobody has taken up: the last review by each reviewer with write access that approves or asks for
 * changes, as far as the ledger does not know it.
 */
export function changeRequests({ owned, ledger }: View): readonly ReviewState[] {
  const heard = new Set(entriesOf(ledger.entries, "commanded").map(({ event }) => event.comment));
  const decisive = (owned?.reviews ?? []).filter(
    ({ author, state }) => mayCommand(author) && state !== "commented",
  );
  const latest = new Map(decisive.map((review) => [review.author.id, review] as const));
  return [...latest.values()].filter(
    ({ id, state }) => state === "changes-requested" && !heard.has(id),
  );
}

/** Ledger entries for change requests that were taken up. They count as a person's words. */
export function heardEntries(view: View): readonly NewEntry[] {
  return changeRequests(view).map(({ id, author }) => ({
    stage: "ready",
    by: "person",
    event: { kind: "commanded", by: author.id, command: "rework in a review", comment: id },
  }));
}

/** Requests on the pull request in brief, for the ledger and the next attempt. */
export function findingsOf(view: View): string[] {
  const said = [
    ...changeRequests(view).map(({ author, body }) => `${author.login}: ${body}`),
    ...openThreads(view).map(
      (thread) =>
        `${placeOf(thread)} ${wishesIn(thread, view.input.identity.id)
          .map(({ author, body }) => `${author.login}: ${body}`)
          .join(" ")}`,
    ),
  ];
  return said.slice(0, MOST_FINDINGS).map((text) => cut(text, FINDING_CHARACTERS));
}

/** The same in full, as remarks for the coder of the next attempt, with the texts of reviews since the last one. */
export function remarksOn(view: OnIssue): IssueText["remarks"] {
  const since = lastOf(view.ledger.entries, "published")?.at ?? "";
  const reviews = (view.owned?.reviews ?? []).filter(
    (review) => isWish(review) && review.createdAt > since,
  );
  return [
    ...reviews.map(({ author, body }) => ({ author, body: body.slice(0, 65_536) })),
    ...openThreads(view).flatMap((thread) =>
      wishesIn(thread, view.input.identity.id).map(({ author, body }) => ({
        author,
        body: `On ${placeOf(thread)} of the last attempt: ${body}`.slice(0, 65_536),
      })),
    ),
  ];
}

function placeOf({ path, line }: ReviewThread): string {
  return line === null ? path : `${path}:${line}`;
}
