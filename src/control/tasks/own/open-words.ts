import { mayCommand } from "../../../domain/actor.ts";
import type { ReviewState, ReviewThread, Said } from "../../../domain/github/owned-pull-request.ts";
import type { IssueText } from "../../../domain/order.ts";
import { cut } from "../../../domain/text/cut.ts";
import { readCommand } from "../../observed/command.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { entriesOf, lastOf } from "../../observed/ledger/ledger.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";

/** As many, and as much of each, as a line of the ledger takes; the whole text goes with the order. */
const MOST_FINDINGS = 9;
const FINDING_CHARACTERS = 300;

/** Words of a person with write that command nothing: what anybody else says is nobody's wish (threats IN-08). */
function isWish({ author, body }: Said): boolean {
  return mayCommand(author) && body.trim() !== "" && readCommand(body) === undefined;
}

/**
 * Threads in which a person with write has the last word and that no person resolved: the factory's own answer closes one, and a
 * reply opens it again.
 */
export function openThreads({ owned }: View): readonly ReviewThread[] {
  return (owned?.threads ?? []).filter(({ comments, settled }) => {
    if (settled) return false;
    const last = comments.at(-1);
    return last !== undefined && isWish(last);
  });
}

/** The last words of open threads, by their ids: who builds the next attempt is told of them. */
export function lastWords(view: View): number[] {
  return openThreads(view).flatMap(({ comments }) => comments.at(-1)?.id ?? []);
}

/** Of a thread what was said since the last answer. */
export function wishesIn({ comments }: ReviewThread, own: number): readonly Said[] {
  const answered = comments.findLastIndex(({ author }) => author.id === own);
  return comments.slice(answered + 1).filter(isWish);
}

/**
 * Change requests that nobody has taken up: the last word of their reviewer, who may write, that approves or asks for
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

/** That a change request was taken up, in the words of the ledger: a person's word, like any other. */
export function heardEntries(view: View): readonly NewEntry[] {
  return changeRequests(view).map(({ id, author }) => ({
    stage: "ready",
    by: "person",
    event: { kind: "commanded", by: author.id, command: "rework in a review", comment: id },
  }));
}

/** What people ask for on the pull request, in brief, for the ledger and the next attempt. */
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

/** The same whole, as remarks of whoever builds the next attempt; what stands in reviews since the last one goes with it. */
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
