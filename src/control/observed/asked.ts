import { type AuthorizedActor, mayCommand } from "../../domain/actor.ts";
import { readCommand } from "./command.ts";
import type { OnIssue } from "./issue-view.ts";
import { entriesOf, lastOf } from "./ledger/ledger.ts";

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
 * Who is asked where a person is next: who said so on the issue; else whom the config names; else who approved last, who submitted the issue and who wrote
 * it, as far as this look met them and they may answer.
 */
export function askedPeople(view: OnIssue): readonly string[] {
  const { config, issue, comments, actor, ledger } = view;
  const assigned = assignedPerson(view);
  if (assigned !== undefined) return [assigned];
  const named = (view.input.order?.config ?? config).ask;
  if (named.length > 0) return named;
  const met: readonly AuthorizedActor[] = [
    issue.author,
    ...comments.map(({ author }) => author),
    ...(actor === undefined ? [] : [actor]),
  ];
  const approved = entriesOf(ledger.entries, "approved").findLast(({ event }) => event.comment > 0);
  const ids = [approved?.event.by, lastOf(ledger.entries, "submitted")?.event.by, issue.author.id];
  const asked = ids.flatMap((id) => met.find((one) => one.id === id && mayCommand(one)) ?? []);
  return [...new Set(asked.map(({ login }) => login))].slice(0, MOST_ASKED);
}
