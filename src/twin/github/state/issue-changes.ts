import { renderLabel, renderWebhookIssue } from "../render/issue.ts";
import { renderPull } from "../render/pull.ts";
import { identified, type RepositoryRequest } from "../routes/api.ts";
import { validationFailed } from "../routes/refusals.ts";
import type { Account } from "../twin-github.ts";
import { announce } from "./events.ts";
import {
  type IdentifiedCaller,
  type IssueEventState,
  type IssueState,
  isPullRequest,
  type LabelState,
  nextId,
  type PullState,
  type RepositoryState,
  type Twin,
  timestamp,
} from "./state.ts";

/** What every change of an issue needs to know. */
export interface Change {
  readonly twin: Twin;
  readonly repository: RepositoryState;
  readonly caller: IdentifiedCaller;
}

export function changeOf(request: RepositoryRequest): Change {
  return { twin: request.twin, repository: request.repository, caller: identified(request) };
}

export const LONGEST_BODY = 65_536;
const LONGEST_TITLE = 256;

export function assertBody(resource: string, body: string | null | undefined): void {
  if ((body ?? "").length <= LONGEST_BODY) return;
  const message = `body is too long (maximum is ${LONGEST_BODY} characters)`;
  throw validationFailed({ resource, code: "custom", field: "body", message });
}

export function assertTitle(resource: string, title: string): void {
  if (title.trim() === "")
    throw validationFailed({ resource, code: "missing_field", field: "title" });
  if (title.length <= LONGEST_TITLE) return;
  const message = `title is too long (maximum is ${LONGEST_TITLE} characters)`;
  throw validationFailed({ resource, code: "custom", field: "title", message });
}

/** Issues and pull requests count in one row of numbers. */
export function addIssue(
  twin: Twin,
  repository: RepositoryState,
  issue: {
    readonly author: Account;
    readonly title: string;
    readonly body: string | null;
    readonly pull?: PullState;
  },
): IssueState {
  const now = timestamp(twin);
  const state: IssueState = {
    id: nextId(twin),
    pullId: nextId(twin),
    number: repository.issues.size + 1,
    author: issue.author,
    title: issue.title,
    body: issue.body,
    state: "open",
    stateReason: null,
    labels: [],
    comments: [],
    events: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    pull: issue.pull,
  };
  repository.issues.set(state.number, state);
  return state;
}

export function touch(change: Change, issue: IssueState): void {
  issue.updatedAt = timestamp(change.twin);
}

export function noteEvent(
  change: Change,
  issue: IssueState,
  event: Pick<IssueEventState, "event" | "label" | "rename"> & {
    readonly commitId?: string | null;
  },
): void {
  issue.events.push({
    id: nextId(change.twin),
    actor: change.caller.account,
    createdAt: timestamp(change.twin),
    ...event,
    commitId: event.commitId ?? null,
  });
}

/** Announces an activity of an issue, or the pull request activity of the same name where the issue is one. */
export async function announceIssue(
  change: Change,
  issue: IssueState,
  activity: { readonly action: string; readonly extra?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { caller, repository, twin } = change;
  const { action, extra } = activity;
  if (!isPullRequest(issue)) {
    const payload = { issue: renderWebhookIssue(twin, repository, issue), ...extra };
    await announce(twin, repository, { name: "issues", action, caller, payload });
    return;
  }
  const pull = await renderPull(twin, repository, issue);
  const payload = { number: issue.number, pull_request: pull, ...extra };
  // A merged pull request has no test merge any more; GitHub then names the base branch.
  const mergedAt = {
    ref: `refs/heads/${issue.pull.baseBranch}`,
    sha: issue.pull.mergeCommitSha ?? "",
  };
  const openAt = {
    ref: `refs/pull/${issue.number}/merge`,
    sha: issue.pull.testMerge?.commit ?? issue.pull.headSha,
  };
  const at = issue.pull.mergedAt === null ? openAt : mergedAt;
  // Source: docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request
  const conflicts = issue.state === "open" && issue.pull.testMerge?.commit === undefined;
  await announce(twin, repository, {
    name: "pull_request",
    action,
    caller,
    payload,
    at,
    conflicts,
  });
}

function sameLabel(left: LabelState, right: LabelState): boolean {
  return left.id === right.id;
}

/** Sets the labels of an issue; one event per label that came or went, none for what stayed. */
export async function setLabels(
  change: Change,
  issue: IssueState,
  labels: readonly LabelState[],
): Promise<void> {
  const added = labels.filter((label) => !issue.labels.some((old) => sameLabel(old, label)));
  const removed = issue.labels.filter((old) => !labels.some((label) => sameLabel(old, label)));
  for (const label of removed) {
    issue.labels = issue.labels.filter((old) => !sameLabel(old, label));
    await labelChanged(change, issue, { event: "unlabeled", label });
  }
  for (const label of added) {
    issue.labels = [...issue.labels, label];
    await labelChanged(change, issue, { event: "labeled", label });
  }
}

async function labelChanged(
  change: Change,
  issue: IssueState,
  what: { readonly event: "labeled" | "unlabeled"; readonly label: LabelState },
): Promise<void> {
  const { color, name } = what.label;
  touch(change, issue);
  noteEvent(change, issue, { event: what.event, label: { name, color } });
  const label = renderLabel(change.twin, change.repository, what.label);
  await announceIssue(change, issue, { action: what.event, extra: { label } });
}

/** Closes an issue, or a pull request without merging it. Nothing happens to one that is closed already. */
export async function closeIssue(
  change: Change,
  issue: IssueState,
  cause: { readonly reason: "completed" | "not_planned" | "duplicate"; readonly commitId?: string },
): Promise<void> {
  if (issue.state === "closed") return;
  issue.state = "closed";
  issue.stateReason = issue.pull === undefined ? cause.reason : null;
  issue.closedAt = timestamp(change.twin);
  issue.closedBy = change.caller.account;
  touch(change, issue);
  noteEvent(change, issue, { event: "closed", commitId: cause.commitId ?? null });
  await announceIssue(change, issue, { action: "closed" });
}

export async function reopenIssue(change: Change, issue: IssueState): Promise<void> {
  if (issue.state === "open") return;
  issue.state = "open";
  issue.stateReason = issue.pull === undefined ? "reopened" : null;
  issue.closedAt = null;
  issue.closedBy = null;
  touch(change, issue);
  noteEvent(change, issue, { event: "reopened" });
  await announceIssue(change, issue, { action: "reopened" });
}

/** Source: docs.github.com/en/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue */
const CLOSING = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+))?#(\d+)\b/gi;

/** Numbers of this repository's issues that a text closes. */
export function closedByText(repository: RepositoryState, text: string): number[] {
  const numbers = [...text.matchAll(CLOSING)]
    .filter(
      ([, other]) =>
        other === undefined || other.toLowerCase() === repository.fullName.toLowerCase(),
    )
    .map(([, , number]) => Number(number));
  return [...new Set(numbers)];
}

export async function closeByText(change: Change, text: string, commitId?: string): Promise<void> {
  for (const number of closedByText(change.repository, text)) {
    const issue = change.repository.issues.get(number);
    if (issue === undefined || issue.pull !== undefined) continue;
    await closeIssue(change, issue, {
      reason: "completed",
      ...(commitId === undefined ? {} : { commitId }),
    });
  }
}
