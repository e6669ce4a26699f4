import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { Anything, CommentAnswer, IssueAnswer, LabelAnswer } from "./answers.ts";
import type { Client } from "./client.ts";
import { createOnce, type Execution } from "./execution.ts";
import { firstLine, type OwnComment } from "./memory.ts";

/** The factory's one comment with this first line: edited in place, created when there is none. */
export async function writeComment(
  { client, identity, memory }: Execution,
  effect: EffectOf<"write-comment">,
): Promise<ResultOf<"write-comment">> {
  if (!effect.body.startsWith(`${effect.marker}\n`)) {
    throw new TypeError(`the comment "${effect.key}" does not begin with its marker`);
  }
  const { issue, marker, body } = effect;
  let isRepeated = false;
  const find = async (): Promise<OwnComment | undefined> => {
    const known = isRepeated ? undefined : memory.comment(issue, marker);
    if (known !== undefined) return known ?? undefined;
    const comments = await client.list(CommentAnswer, "GET /issues/{issue_number}/comments", {
      issue_number: issue,
    });
    return comments.find((one) => one.user.id === identity.id && firstLine(one.body) === marker);
  };
  const edit = async (id: number): Promise<ResultOf<"write-comment">> => {
    const comment = await client.ask(CommentAnswer, "PATCH /issues/comments/{comment_id}", {
      comment_id: id,
      body,
    });
    memory.wrote(issue, marker, { id: comment.id, body });
    return { outcome: "done", number: comment.id };
  };
  if (effect.comment !== null) return await edit(effect.comment);
  const { outcome, value } = await createOnce(client, {
    find,
    create: async () => {
      isRepeated = true;
      return await client.askOnce(CommentAnswer, "POST /issues/{issue_number}/comments", {
        issue_number: issue,
        body,
      });
    },
  });
  if (outcome === "already" && unified(value.body) !== unified(body)) return await edit(value.id);
  memory.wrote(issue, marker, { id: value.id, body });
  return { outcome, number: value.id };
}

/**
 * Sets the computed labels in one write, so that no reader ever sees two stages or none.
 * GitHub compares label names without case.
 */
export async function setLabels(
  { client }: Execution,
  effect: EffectOf<"set-labels">,
): Promise<ResultOf<"set-labels">> {
  const issue = { issue_number: effect.issue };
  const labels = await client.list(LabelAnswer, "GET /issues/{issue_number}/labels", issue);
  const removed = new Set(effect.remove.map((label) => label.toLowerCase()));
  const kept = labels.map(({ name }) => name).filter((name) => !removed.has(name.toLowerCase()));
  const present = new Set(kept.map((name) => name.toLowerCase()));
  const added = effect.add.filter((label) => !present.has(label.toLowerCase()));
  if (added.length === 0 && kept.length === labels.length) return { outcome: "already" };
  await client.ask(Anything, "PUT /issues/{issue_number}/labels", {
    ...issue,
    labels: [...kept, ...added],
  });
  return { outcome: "done" };
}

export async function closeIssue(
  { client, memory }: Execution,
  effect: EffectOf<"close-issue">,
): Promise<ResultOf<"close-issue">> {
  const state = memory.issueState(effect.issue) ?? (await readState(client, effect.issue));
  if (state === "closed") return { outcome: "already" };
  await client.ask(IssueAnswer, "PATCH /issues/{issue_number}", {
    issue_number: effect.issue,
    state: "closed",
    state_reason: "completed",
  });
  return { outcome: "done" };
}

/** GitHub takes a state that an issue has already without a word: asking first only tells whether anything was done. */
async function readState(client: Client, issue: number): Promise<IssueAnswer["state"]> {
  const route = "GET /issues/{issue_number}";
  return (await client.ask(IssueAnswer, route, { issue_number: issue })).state;
}

export async function reopenIssue(
  { client, memory }: Execution,
  effect: EffectOf<"reopen-issue">,
): Promise<ResultOf<"reopen-issue">> {
  const issue = { issue_number: effect.issue };
  const state = memory.issueState(effect.issue) ?? (await readState(client, effect.issue));
  if (state === "open") return { outcome: "already" };
  await client.ask(IssueAnswer, "PATCH /issues/{issue_number}", { ...issue, state: "open" });
  return { outcome: "done" };
}

/** An issue of the factory is known by its author and its last line. */
export async function openIssue(
  { client, identity }: Execution,
  effect: EffectOf<"open-issue">,
): Promise<ResultOf<"open-issue">> {
  const body =
    lastLine(effect.body) === effect.marker
      ? effect.body
      : `${effect.body.trimEnd()}\n\n${effect.marker}\n`;
  const { outcome, value } = await createOnce(client, {
    find: async () => {
      const issues = await client.list(IssueAnswer, "GET /issues", {
        state: "open",
        creator: identity.login,
      });
      return issues.find(
        (issue) => issue.user.id === identity.id && lastLine(issue.body ?? "") === effect.marker,
      );
    },
    create: async () =>
      await client.askOnce(IssueAnswer, "POST /issues", {
        title: effect.title,
        body,
        labels: effect.labels,
      }),
  });
  return { outcome, number: value.number };
}

function unified(body: string): string {
  return body.replaceAll("\r\n", "\n").trimEnd();
}

function lastLine(body: string): string {
  return unified(body).split("\n").at(-1) ?? "";
}
