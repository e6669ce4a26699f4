import { renderWebhookIssue } from "../render/issue.ts";
import { renderPull } from "../render/pull.ts";
import { identified, type RepositoryRequest } from "../routes/api.ts";
import type { Account } from "../twin-github.ts";
import { announce } from "./events.ts";
import {
  type IssueEventState,
  type IssueState,
  isPullRequest,
  type PullState,
} from "./issue-state.ts";
import {
  type IdentifiedCaller,
  nextId,
  type RepositoryState,
  type Twin,
  timestamp,
} from "./state.ts";

/** Common input of every change of an issue. */
export interface Change {
  readonly twin: Twin;
  readonly repository: RepositoryState;
  readonly caller: IdentifiedCaller;
}

export function changeOf(request: RepositoryRequest): Change {
  return { twin: request.twin, repository: request.repository, caller: identified(request) };
}

/** Issues, pull requests and discussions share one sequence of numbers. */
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
    number: repository.issues.size + (repository.discussions?.length ?? 0) + 1,
    author: issue.author,
    title: issue.title,
    body: issue.body,
    state: "open",
    stateReason: null,
    labels: [],
    blockers: [],
    parts: [],
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
  event: Pick<IssueEventState, "event" | "label" | "rename" | "canonical"> & {
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

/** Announces an activity of an issue, or the pull request activity of the same name if it is one. */
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
  // A merged pull request has no test merge; GitHub then names the base branch.
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
