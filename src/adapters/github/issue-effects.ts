import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { Anything, IssueAnswer, LabelAnswer } from "./answers.ts";
import type { Client } from "./client/client.ts";
import { createOnce, type Execution, Refused } from "./execution.ts";
import { unified } from "./memory.ts";

/**
 * Sets the computed labels in one write, so that no reader ever sees two stages or none. Labels that somebody else added
 * since the last look stay: the basis is the present labels, or those that the previous write showed. GitHub compares
 * label names without case.
 */
export async function setLabels(
  { client, memory }: Execution,
  effect: EffectOf<"set-labels">,
): Promise<ResultOf<"set-labels">> {
  const issue = { issue_number: effect.issue };
  const labels = memory.labels(effect.issue) ?? (await readLabels(client, effect.issue));
  const removed = new Set(effect.remove.map((label) => label.toLowerCase()));
  const kept = labels.filter((name) => !removed.has(name.toLowerCase()));
  const present = new Set(kept.map((name) => name.toLowerCase()));
  const added = effect.add.filter((label) => !present.has(label.toLowerCase()));
  if (added.length === 0 && kept.length === labels.length) return { outcome: "already" };
  await client.ask(Anything, "PUT /issues/{issue_number}/labels", {
    ...issue,
    labels: [...kept, ...added],
  });
  return { outcome: "done" };
}

async function readLabels(client: Client, issue: number): Promise<readonly string[]> {
  const route = "GET /issues/{issue_number}/labels";
  const labels = await client.list(LabelAnswer, route, { issue_number: issue });
  return labels.map(({ name }) => name);
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

/** GitHub silently accepts a state that an issue already has. Asking first only tells whether anything was done. */
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

/** An issue of the factory is identified by its author and its last line. */
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

/**
 * Overwrites only the factory's own text. GitHub is asked who wrote it, because a person may have removed the marker
 * since the last look.
 */
export async function editIssue(
  { client, identity }: Execution,
  { issue, marker, title, body }: EffectOf<"edit-issue">,
): Promise<ResultOf<"edit-issue">> {
  if (lastLine(body) !== marker) {
    throw new TypeError(`the text of issue ${issue} does not end with its marker`);
  }
  const one = { issue_number: issue };
  const found = await client.ask(IssueAnswer, "GET /issues/{issue_number}", one);
  if (found.user.id !== identity.id || lastLine(found.body ?? "") !== marker) {
    throw new Refused({
      code: "issue-changed",
      did: "nothing",
      reason: `issue ${issue} does not end with the factory's own marker any more`,
    });
  }
  const isTitled = title === undefined || found.title === title;
  if (isTitled && unified(found.body ?? "") === unified(body)) return { outcome: "already" };
  const said = { body, ...(isTitled ? {} : { title }) };
  await client.ask(IssueAnswer, "PATCH /issues/{issue_number}", { ...one, ...said });
  return { outcome: "done" };
}

function lastLine(body: string): string {
  return unified(body).split("\n").at(-1) ?? "";
}
