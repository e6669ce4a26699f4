import { z } from "zod";
import { readText } from "../../git/workflow-file.ts";
import { renderSimplePull } from "../../render/pull.ts";
import { renderReviewComment } from "../../render/review-comment.ts";
import { announce } from "../../state/events.ts";
import { assertBody } from "../../state/issue-bounds.ts";
import { type Change, changeOf, touch } from "../../state/issue-changes.ts";
import type { PullRequestState, ReviewCommentState } from "../../state/issue-state.ts";
import { nextId, timestamp } from "../../state/state.ts";
import {
  type Answer,
  created,
  findPull,
  integerParameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "../api.ts";
import { paged } from "../paging.ts";
import { notFound, validationFailed } from "../refusals.ts";

/** A comment on one line of the new side. Comments on a range, on the old side or on a whole file are refused. */
export const LineComment = z.strictObject({
  path: z.string(),
  line: z.int().positive(),
  side: z.literal("RIGHT").optional(),
  body: z.string(),
});
export type LineComment = z.infer<typeof LineComment>;

const single = LineComment.extend({ commit_id: z.string() });
const reply = z.object({ body: z.string() });

/** GitHub accepts a comment only if the file has such a line at the commit. */
export async function hasLine(
  { repository }: RepositoryRequest,
  commit: string,
  { path, line }: LineComment,
): Promise<boolean> {
  const text = await readText(repository, commit, path);
  return text !== undefined && line <= text.split("\n").length;
}

export const NO_LINE = "pull_request_review_thread.line must be part of the diff";

/** Writes a comment and announces it. */
export async function addReviewComment(
  change: Change,
  pull: PullRequestState,
  written: Pick<ReviewCommentState, "path" | "line" | "body" | "commitId" | "reviewId"> & {
    readonly inReplyTo?: number;
  },
): Promise<unknown> {
  const { twin, repository, caller } = change;
  const comment: ReviewCommentState = {
    ...written,
    id: nextId(twin),
    author: caller.account,
    createdAt: timestamp(twin),
  };
  pull.pull.reviewComments.push(comment);
  touch(change, pull);
  const rendered = await renderReviewComment(twin, repository, { pull, comment });
  await announce(twin, repository, {
    name: "pull_request_review_comment",
    action: "created",
    caller,
    at: {
      ref: `refs/pull/${pull.number}/merge`,
      sha: pull.pull.testMerge?.commit ?? pull.pull.headSha,
    },
    payload: {
      comment: { position: null, line: null, ...rendered },
      pull_request: renderSimplePull(twin, repository, pull),
    },
  });
  return rendered;
}

async function createComment(request: RepositoryRequest): Promise<Answer> {
  const pull = findPull(request);
  const { commit_id: commitId, path, line, body } = parseBody(request, single);
  const resource = "PullRequestReviewComment";
  assertBody(resource, body);
  if (!(await hasLine(request, commitId, { path, line, body }))) {
    const field = "pull_request_review_thread.line";
    throw validationFailed({ resource, code: "custom", field, message: NO_LINE });
  }
  const written = { path, line, body, commitId, reviewId: null };
  return created(await addReviewComment(changeOf(request), pull, written));
}

/** Answers in a thread: the reply belongs to its first comment, whichever is named. */
async function replyTo(request: RepositoryRequest): Promise<Answer> {
  const pull = findPull(request);
  const id = integerParameter(request, "comment_id");
  const named = pull.pull.reviewComments.find((comment) => comment.id === id);
  if (named === undefined) throw notFound();
  const { body } = parseBody(request, reply);
  assertBody("PullRequestReviewComment", body);
  const { path, line, commitId } = named;
  const written = { path, line, commitId, body, reviewId: null, inReplyTo: named.inReplyTo ?? id };
  return created(await addReviewComment(changeOf(request), pull, written));
}

export const reviewCommentRoutes = {
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments": (request) => {
    const { repository, twin } = request;
    const pull = findPull(request);
    return paged(request, pull.pull.reviewComments, (comment) =>
      renderReviewComment(twin, repository, { pull, comment }),
    );
  },
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments": createComment,
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies": replyTo,
} as const satisfies RepositoryRoutes;
