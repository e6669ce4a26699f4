import { type AuthorizedActor, mayCommand } from "../../../domain/actor.ts";
import { type AskedRole, isAskedRole } from "../../../domain/config/asked.ts";
import { isApprovedByPerson, type SealedEntry } from "../../../domain/ledger.ts";
import { readCommand } from "../command.ts";
import type { OnIssue } from "../issue-view.ts";
import { entriesOf, lastOf } from "../ledger/ledger.ts";
import { ownersOfChange } from "./code-owners.ts";

/** The most people who are called for one question. */
const MOST_ASKED = 3;

/**
 * The last person who asked to be asked, if they may answer. Edited comments do not count, because nobody knows who
 * changed them.
 */
export function assignedPerson({ comments }: Pick<OnIssue, "comments">): string | undefined {
  return comments.findLast(
    ({ author, body, createdAt, updatedAt }) =>
      createdAt === updatedAt && readCommand(body)?.name === "assign-me" && mayCommand(author),
  )?.author.login;
}

/**
 * The people to ask. First the person who said so on the issue, then those whom the config names. If its roles are vacant, or it
 * names nobody: the last approver, the submitter and the author, as far as this look met them and they may answer.
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

/** The person whose comment last approved the contract. */
export function approverOf(entries: readonly SealedEntry[]): number | undefined {
  return entriesOf(entries, "approved").findLast(({ event }) => isApprovedByPerson(event))?.event
    .by;
}

/** Owners of the paths that were published last. */
export function recordedOwners(entries: readonly SealedEntry[]): readonly string[] {
  return lastOf(entries, "published")?.event.owners ?? [];
}

/** The login of a person whom this look met, if they may answer. A number alone tells nothing else. */
function mayAnswer({ issue, comments, actor }: OnIssue, id: number | undefined): readonly string[] {
  const met: readonly AuthorizedActor[] = [
    issue.author,
    ...comments.map(({ author }) => author),
    ...(actor === undefined ? [] : [actor]),
  ];
  const one = met.find((person) => person.id === id && mayCommand(person));
  return one === undefined ? [] : [one.login];
}
