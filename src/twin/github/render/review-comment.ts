import { diffIndices } from "node-diff3";
import { readText } from "../git/workflow-file.ts";
import type { PullRequestState, ReviewCommentState } from "../state/issue-state.ts";
import type { RepositoryState, Twin } from "../state/state.ts";
import { nodeId, renderAccount } from "./account.ts";
import { apiAddress } from "./addresses.ts";
import { issueWebAddress } from "./issue.ts";
import { authorAssociation } from "./repository.ts";

/** The line of a comment at the head; null once the file's diff contains it: GitHub calls it outdated. */
async function lineAtHead(
  repository: RepositoryState,
  { pull }: PullRequestState,
  { commitId, path, line }: ReviewCommentState,
): Promise<number | null> {
  if (commitId === pull.headSha) return line;
  const [before, now] = await Promise.all([
    readText(repository, commitId, path),
    readText(repository, pull.headSha, path),
  ]);
  if (before === undefined || now === undefined) return null;
  let shift = 0;
  for (const { buffer1, buffer2 } of diffIndices(before.split("\n"), now.split("\n"))) {
    const [start, length] = buffer1;
    if (start >= line) break;
    if (line - 1 < start + length) return null;
    shift += buffer2[1] - length;
  }
  return line + shift;
}

/** A comment on a line, as GitHub shows it now: its own commit and line, and its present line at the head. */
export async function renderReviewComment(
  twin: Twin,
  repository: RepositoryState,
  written: { readonly pull: PullRequestState; readonly comment: ReviewCommentState },
) {
  const { pull, comment } = written;
  const line = await lineAtHead(repository, pull, comment);
  const api = apiAddress(twin, repository);
  const page = `${issueWebAddress(twin, repository, pull)}#discussion_r${comment.id}`;
  const links = { url: `${api}/pulls/comments/${comment.id}`, pull: `${api}/pulls/${pull.number}` };
  return {
    url: links.url,
    id: comment.id,
    node_id: nodeId("PRRC", comment.id),
    pull_request_review_id: comment.reviewId,
    diff_hunk: `@@ -${comment.line} +${comment.line} @@`,
    path: comment.path,
    // GitHub answers null for an outdated one, although its description requires a number, so it is left out.
    ...(line === null ? {} : { position: line, line }),
    original_position: comment.line,
    commit_id: pull.pull.headSha,
    original_commit_id: comment.commitId,
    ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
    user: renderAccount(twin, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    html_url: page,
    pull_request_url: links.pull,
    author_association: authorAssociation(repository, comment.author),
    _links: {
      self: { href: links.url },
      html: { href: page },
      pull_request: { href: links.pull },
    },
    start_line: null,
    original_start_line: null,
    start_side: null,
    original_line: comment.line,
    side: "RIGHT",
    subject_type: "line",
    reactions: { ...NO_REACTIONS, url: `${links.url}/reactions` },
  };
}

const NO_REACTIONS = {
  total_count: 0,
  "+1": 0,
  "-1": 0,
  laugh: 0,
  confused: 0,
  heart: 0,
  hooray: 0,
  eyes: 0,
  rocket: 0,
};
