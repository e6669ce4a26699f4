import { type AuthorizedActor, mayCommand } from "../../../domain/actor.ts";
import { type AskedRole, isAskedRole } from "../../../domain/config/asked.ts";
import { isApprovedByPerson, type SealedEntry } from "../../../domain/ledger.ts";
import { readCommand } from "../command.ts";
import type { OnIssue } from "../issue-view.ts";
import { entriesOf, lastOf } from "../ledger/ledger.ts";
import { ownersOfChange } from "./code-owners.ts";

/** More than these are not called for one question. */
const MOST_ASKED = 3;

/**
 * Who said last that they want to be asked, as far as they may answer. What was edited says nothing: nobody knows who changed
 * it.
 */
export function assignedPerson({ comments }: Pick<OnIssue, "comments">): string | undefined {
  return comments.findLast(
    ({ author, body, createdAt, updatedAt }) =>
      createdAt === updatedAt && readCommand(body)?.name === "assign-me" && mayCommand(author),
  )?.author.login;
}

/**
 * Who is asked where a person is next: who said so on the issue; else whom the config names; else, and where its roles are
 * nobody's, who approved last, who submitted the issue and who wrote it, as far as this look met them and they may answer.
 */
export function askedPeople(view: OnIssue): readonly string[] {
  const assigned = assignedPerson(view);
  if (assigned !== undefined) return [assigned];
  const { ask } = view.input.order?.config ?? view.config;
  const named = ask.flatMap((one) => (isAskedRole(one) ? ROLES[one](view) : [one]));
  const known = new Map(named.toReversed().map((login) => [login.toLowerCase(), login]));
  if (known.size > 0) return [...known.values()].toReversed();
  const { ledger, issue } = view;
  const submitter = lastOf(ledger.entries, "submitted")?.event.by;
  const ids = [approverOf(ledger.entries), submitter, issue.author.id];
  return [...new Set(ids.flatMap((id) => mayAnswer(view, id)))].slice(0, MOST_ASKED);
}

const ROLES: Readonly<Record<AskedRole, (view: OnIssue) => readonly string[]>> = {
  "issue author": (view) => mayAnswer(view, view.issue.author.id),
  "contract approver": (view) => mayAnswer(view, approverOf(view.ledger.entries)),
  "code owners": (view) => ownersOfChange(view) ?? recordedOwners(view.ledger.entries),
};

/** Who approved the contract last, by a comment. */
export function approverOf(entries: readonly SealedEntry[]): number | undefined {
  return entriesOf(entries, "approved").findLast(({ event }) => isApprovedByPerson(event))?.event
    .by;
}

/** Who owns the paths that were published last. */
export function recordedOwners(entries: readonly SealedEntry[]): readonly string[] {
  return lastOf(entries, "published")?.event.owners ?? [];
}

/** The login of somebody whom this look met, where they may answer; nothing else is known of a number. */
function mayAnswer({ issue, comments, actor }: OnIssue, id: number | undefined): readonly string[] {
  const met: readonly AuthorizedActor[] = [
    issue.author,
    ...comments.map(({ author }) => author),
    ...(actor === undefined ? [] : [actor]),
  ];
  const one = met.find((person) => person.id === id && mayCommand(person));
  return one === undefined ? [] : [one.login];
}
