import { fileChanges } from "../git/diff.ts";
import { commitsBetween, mergeBase } from "../git/history.ts";
import { tryMerge } from "../git/merge-commits.ts";
import type { PullRequestState, ReviewState } from "../state/issue-state.ts";
import { findRepository, type RepositoryState, type Twin } from "../state/state.ts";
import { nodeId, renderAccount, renderOptionalAccount } from "./account.ts";
import { apiAddress } from "./addresses.ts";
import { issueWebAddress, renderLabel } from "./issue.ts";
import { authorAssociation, renderRepository } from "./repository.ts";

function addresses(twin: Twin, repository: RepositoryState, pull: PullRequestState) {
  const url = apiAddress(twin, repository);
  const html = issueWebAddress(twin, repository, pull);
  return {
    url: `${url}/pulls/${pull.number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${url}/issues/${pull.number}`,
    commits_url: `${url}/pulls/${pull.number}/commits`,
    review_comments_url: `${url}/pulls/${pull.number}/comments`,
    review_comment_url: `${url}/pulls/comments{/number}`,
    comments_url: `${url}/issues/${pull.number}/comments`,
    statuses_url: `${url}/statuses/${pull.pull.headSha}`,
  };
}

function side(twin: Twin, repository: RepositoryState, end: { branch: string; sha: string }) {
  return {
    label: `${repository.owner.login}:${end.branch}`,
    ref: end.branch,
    sha: end.sha,
    user: renderAccount(twin, repository.owner),
    repo: renderRepository(twin, repository),
  };
}

/** The repository of the head: the same one, or a fork. */
export function holderOf(
  twin: Twin,
  repository: RepositoryState,
  { pull }: PullRequestState,
): RepositoryState {
  const fork = pull.headRepository;
  return (fork === undefined ? undefined : findRepository(twin, fork)) ?? repository;
}

/** The pull request's commit in the base branch: its merge, or its test merge while it is open. */
function mergeCommitOf(pull: PullRequestState): string | null {
  return pull.pull.mergeCommitSha ?? pull.pull.testMerge?.commit ?? null;
}

/** A pull request as lists and reviews show it. */
export function renderSimplePull(twin: Twin, repository: RepositoryState, pull: PullRequestState) {
  const links = addresses(twin, repository, pull);
  return {
    ...links,
    id: pull.pullId,
    node_id: nodeId("PR", pull.pullId),
    number: pull.number,
    state: pull.state,
    locked: false,
    active_lock_reason: null,
    title: pull.title,
    body: pull.body,
    user: renderAccount(twin, pull.author),
    labels: pull.labels.map((label) => renderLabel(twin, repository, label)),
    milestone: null,
    assignee: null,
    assignees: [],
    requested_reviewers: pull.pull.requestedReviewers.map((one) => renderAccount(twin, one)),
    requested_teams: [],
    draft: pull.pull.draft,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.pull.mergedAt,
    merge_commit_sha: mergeCommitOf(pull),
    head: side(twin, holderOf(twin, repository, pull), {
      branch: pull.pull.headBranch,
      sha: pull.pull.headSha,
    }),
    base: side(twin, repository, { branch: pull.pull.baseBranch, sha: pull.pull.baseSha }),
    _links: {
      self: { href: links.url },
      html: { href: links.html_url },
      issue: { href: links.issue_url },
      comments: { href: links.comments_url },
      review_comments: { href: links.review_comments_url },
      review_comment: { href: links.review_comment_url },
      commits: { href: links.commits_url },
      statuses: { href: links.statuses_url },
    },
    author_association: authorAssociation(repository, pull.author),
    auto_merge: null,
  };
}

/** Merge base of head and base, with which GitHub compares a pull request. */
export async function forkPoint(
  repository: RepositoryState,
  pull: PullRequestState,
): Promise<string> {
  const { baseSha, headSha } = pull.pull;
  return (await mergeBase(repository.gitDirectory, baseSha, headSha)) ?? baseSha;
}

function mergeableState(merged: boolean, mergeable: boolean | null): string {
  if (merged || mergeable === null) return "unknown";
  return mergeable ? "clean" : "dirty";
}

/** A pull request with its computed fields: mergeability, commits, sizes. */
export async function renderPull(
  twin: Twin,
  repository: RepositoryState,
  pull: PullRequestState,
): Promise<Record<string, unknown>> {
  const merged = pull.pull.mergedAt !== null;
  const testMerge = pull.state === "open" ? await tryMerge(twin, repository, pull) : undefined;
  const mergeable = testMerge === undefined ? null : testMerge.commit !== undefined;
  const from = await forkPoint(repository, pull);
  const files = await fileChanges(repository.gitDirectory, from, pull.pull.headSha);
  const commits = await commitsBetween(repository.gitDirectory, from, pull.pull.headSha);
  return {
    ...renderSimplePull(twin, repository, pull),
    merged,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeableState(merged, mergeable),
    merged_by: renderOptionalAccount(twin, pull.pull.mergedBy),
    comments: pull.comments.length,
    review_comments: pull.pull.reviewComments.length,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

export function renderReview(
  twin: Twin,
  repository: RepositoryState,
  reviewed: { readonly pull: PullRequestState; readonly review: ReviewState },
) {
  const { pull, review } = reviewed;
  const links = addresses(twin, repository, pull);
  const page = `${links.html_url}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: renderAccount(twin, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: links.url,
    _links: { html: { href: page }, pull_request: { href: links.url } },
    submitted_at: review.submittedAt,
    commit_id: review.commitId,
    author_association: authorAssociation(repository, review.author),
  };
}
