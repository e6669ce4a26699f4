import type {
  CommentState,
  IssueEventState,
  IssueState,
  LabelState,
} from "../state/issue-state.ts";
import type { RepositoryState, Twin } from "../state/state.ts";
import { nodeId, renderAccount, renderOptionalAccount } from "./account.ts";
import { apiAddress, webAddress } from "./addresses.ts";
import { authorAssociation } from "./repository.ts";

function noReactions(url: string): Record<string, unknown> {
  const kinds = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];
  const zeros = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  return { url: `${url}/reactions`, total_count: 0, ...zeros };
}

export function renderLabel(twin: Twin, repository: RepositoryState, label: LabelState) {
  return {
    id: label.id,
    node_id: nodeId("LA", label.id),
    url: `${apiAddress(twin, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description,
    color: label.color,
    default: false,
  };
}

export function issueWebAddress(twin: Twin, repository: RepositoryState, issue: IssueState) {
  const kind = issue.pull === undefined ? "issues" : "pull";
  return `${webAddress(twin, repository)}/${kind}/${issue.number}`;
}

function pullReference(twin: Twin, repository: RepositoryState, issue: IssueState) {
  if (issue.pull === undefined) return {};
  const html = issueWebAddress(twin, repository, issue);
  return {
    draft: issue.pull.draft,
    pull_request: {
      url: `${apiAddress(twin, repository)}/pulls/${issue.number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: issue.pull.mergedAt,
    },
  };
}

function partsSummary({ parts }: IssueState) {
  const total = parts.length;
  const completed = total - openOf(parts);
  const percent = total === 0 ? 0 : Math.floor((100 * completed) / total);
  return { total, completed, percent_completed: percent };
}

function dependenciesSummary({ issues }: RepositoryState, issue: IssueState) {
  const { blockers } = issue;
  const blocked = [...issues.values()].filter((other) => other.blockers.includes(issue));
  return {
    blocked_by: openOf(blockers),
    total_blocked_by: blockers.length,
    blocking: openOf(blocked),
    total_blocking: blocked.length,
  };
}

function openOf(issues: readonly IssueState[]): number {
  return issues.filter(({ state }) => state === "open").length;
}

export function renderIssue(
  twin: Twin,
  repository: RepositoryState,
  issue: IssueState,
): Record<string, unknown> {
  const url = `${apiAddress(twin, repository)}/issues/${issue.number}`;
  return {
    id: issue.id,
    node_id: nodeId(issue.pull === undefined ? "I" : "PR", issue.id),
    number: issue.number,
    url,
    repository_url: apiAddress(twin, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issueWebAddress(twin, repository, issue),
    title: issue.title,
    body: issue.body,
    user: renderAccount(twin, issue.author),
    labels: issue.labels.map((label) => renderLabel(twin, repository, label)),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: false,
    active_lock_reason: null,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: renderOptionalAccount(twin, issue.closedBy),
    author_association: authorAssociation(repository, issue.author),
    reactions: noReactions(url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    sub_issues_summary: partsSummary(issue),
    issue_dependencies_summary: dependenciesSummary(repository, issue),
    ...pullReference(twin, repository, issue),
  };
}

/** An issue as webhooks show it: without who closed it, which only the API returns. */
export function renderWebhookIssue(
  twin: Twin,
  repository: RepositoryState,
  issue: IssueState,
): Record<string, unknown> {
  const { closed_by, sub_issues_summary, issue_dependencies_summary, ...shown } = renderIssue(
    twin,
    repository,
    issue,
  );
  return shown;
}

export function renderComment(twin: Twin, repository: RepositoryState, comment: CommentState) {
  const url = `${apiAddress(twin, repository)}/issues/comments/${comment.id}`;
  const issue = repository.issues.get(comment.issueNumber);
  const page = issue === undefined ? "" : issueWebAddress(twin, repository, issue);
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    url,
    html_url: `${page}#issuecomment-${comment.id}`,
    issue_url: `${apiAddress(twin, repository)}/issues/${comment.issueNumber}`,
    body: comment.body,
    user: renderAccount(twin, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(repository, comment.author),
    reactions: noReactions(url),
    performed_via_github_app: null,
  };
}

export function renderIssueEvent(twin: Twin, repository: RepositoryState, event: IssueEventState) {
  const url = apiAddress(twin, repository);
  return {
    id: event.id,
    node_id: nodeId("EV", event.id),
    url: `${url}/issues/events/${event.id}`,
    actor: renderAccount(twin, event.actor),
    event: event.event,
    commit_id: event.commitId,
    commit_url: event.commitId === null ? null : `${url}/commits/${event.commitId}`,
    created_at: event.createdAt,
    performed_via_github_app: null,
    ...(event.label === undefined ? {} : { label: event.label }),
    ...(event.rename === undefined ? {} : { rename: event.rename }),
  };
}
