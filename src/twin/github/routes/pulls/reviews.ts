import { z } from "zod";
import { renderReview, renderSimplePull } from "../../render/pull.ts";
import { announce } from "../../state/events.ts";
import { LONGEST_BODY } from "../../state/issue-bounds.ts";
import { changeOf, touch } from "../../state/issue-changes.ts";
import type { PullRequestState, ReviewState } from "../../state/issue-state.ts";
import { nextId, timestamp } from "../../state/state.ts";
import {
  type Answer,
  findPull,
  ok,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "../api.ts";
import { paged } from "../paging.ts";
import { ApiRefusal, unprocessable } from "../refusals.ts";
import { addReviewComment, hasLine, LineComment, NO_LINE } from "./review-comments.ts";

const reviewBody = z.object({
  body: z.string().optional(),
  event: z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]).optional(),
  commit_id: z.string().optional(),
  comments: z.array(LineComment).optional(),
});

type ReviewBody = z.infer<typeof reviewBody>;

const STATES = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
} as const satisfies Record<NonNullable<ReviewBody["event"]>, ReviewState["state"]>;

function refused(sentence: string): ApiRefusal {
  return new ApiRefusal(422, "Unprocessable Entity", { errors: [sentence] });
}

function assertMayReview(
  request: RepositoryRequest,
  pull: PullRequestState,
  body: ReviewBody,
): void {
  const { caller } = changeOf(request);
  const own = caller.account.id === pull.author.id;
  if (own && body.event === "APPROVE") {
    throw refused("Review Can not approve your own pull request");
  }
  if (own && body.event === "REQUEST_CHANGES") {
    throw refused("Review Can not request changes on your own pull request");
  }
  const allowed = caller.kind !== "job" || request.repository.canApprovePullRequests;
  if (!allowed && body.event === "APPROVE") {
    throw refused("GitHub Actions is not permitted to approve pull requests.");
  }
  if (body.event !== "APPROVE" && body.event !== undefined && (body.body ?? "") === "") {
    throw refused("Review Body can't be blank");
  }
}

async function assertLines(
  request: RepositoryRequest,
  { commitId, state }: ReviewState,
  comments: readonly LineComment[],
): Promise<void> {
  if (state === "PENDING" && comments.length > 0) {
    throw unprocessable("The twin keeps no comments of a review that is not submitted.");
  }
  for (const comment of comments) {
    if (!(await hasLine(request, commitId, comment))) throw refused(NO_LINE);
  }
}

async function addLines(
  request: RepositoryRequest,
  { id: reviewId, commitId }: ReviewState,
  comments: readonly LineComment[],
): Promise<void> {
  const pull = findPull(request);
  for (const { path, line, body } of comments) {
    await addReviewComment(changeOf(request), pull, { path, line, body, commitId, reviewId });
  }
}

async function createReview(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const pull = findPull(request);
  const body = parseBody(request, reviewBody);
  if ((body.body ?? "").length > LONGEST_BODY) {
    throw refused(`Review Body is too long (maximum is ${LONGEST_BODY} characters)`);
  }
  assertMayReview(request, pull, body);
  const change = changeOf(request);
  const review: ReviewState = {
    id: nextId(twin),
    author: change.caller.account,
    body: body.body ?? "",
    state: body.event === undefined ? "PENDING" : STATES[body.event],
    commitId: body.commit_id ?? pull.pull.headSha,
    submittedAt: timestamp(twin),
  };
  await assertLines(request, review, body.comments ?? []);
  pull.pull.reviews.push(review);
  touch(change, pull);
  const rendered = renderReview(twin, repository, { pull, review });
  // A pending review is a draft, which is not announced.
  if (review.state !== "PENDING") {
    await announce(twin, repository, {
      name: "pull_request_review",
      action: "submitted",
      caller: change.caller,
      at: {
        ref: `refs/pull/${pull.number}/merge`,
        sha: pull.pull.testMerge?.commit ?? pull.pull.headSha,
      },
      payload: {
        review: { ...rendered, state: review.state.toLowerCase() },
        pull_request: renderSimplePull(twin, repository, pull),
      },
    });
  }
  await addLines(request, review, body.comments ?? []);
  return ok(rendered);
}

export const reviewRoutes = {
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews": (request) => {
    const pull = findPull(request);
    return paged(request, pull.pull.reviews, (review) =>
      renderReview(request.twin, request.repository, { pull, review }),
    );
  },
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews": createReview,
} as const satisfies RepositoryRoutes;
