import { z } from "zod";
import { renderComment, renderWebhookIssue } from "../render/issue.ts";
import { announce } from "../state/events.ts";
import { assertBody } from "../state/issue-bounds.ts";
import { type Change, changeOf, noteEvent, touch } from "../state/issue-changes.ts";
import type { CommentState, IssueState } from "../state/issue-state.ts";
import { nextId, timestamp } from "../state/state.ts";
import {
  type Answer,
  actsAs,
  created,
  findIssue,
  identified,
  integerParameter,
  NO_CONTENT,
  ok,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { paged } from "./paging.ts";
import { forbidden, notFound, unprocessable, validationFailed } from "./refusals.ts";

const commentBody = z.object({ body: z.string() });

function readText(request: RepositoryRequest): string {
  const { body } = parseBody(request, commentBody);
  if (body.trim() === "") {
    const message = "Body cannot be blank";
    throw validationFailed({
      resource: "IssueComment",
      code: "unprocessable",
      field: "data",
      message,
    });
  }
  assertBody("IssueComment", body);
  return body;
}

interface Commented {
  readonly issue: IssueState;
  readonly comment: CommentState;
}

async function announceComment(
  change: Change,
  commented: Commented,
  activity: {
    readonly action: "created" | "edited" | "deleted";
    readonly extra?: Record<string, unknown>;
  },
): Promise<void> {
  const { caller, repository, twin } = change;
  await announce(twin, repository, {
    name: "issue_comment",
    action: activity.action,
    caller,
    payload: {
      issue: renderWebhookIssue(twin, repository, commented.issue),
      comment: renderComment(twin, repository, commented.comment),
      ...activity.extra,
    },
  });
}

async function createComment(request: RepositoryRequest): Promise<Answer> {
  const issue = findIssue(request);
  const body = readText(request);
  const change = changeOf(request);
  const now = timestamp(request.twin);
  const comment: CommentState = {
    id: nextId(request.twin),
    author: change.caller.account,
    issueNumber: issue.number,
    body,
    createdAt: now,
    updatedAt: now,
  };
  issue.comments.push(comment);
  touch(change, issue);
  markDuplicate(request, issue, body);
  await announceComment(change, { issue, comment }, { action: "created" });
  return created(renderComment(request.twin, request.repository, comment));
}

const DUPLICATE = /^Duplicate of #([1-9][0-9]{0,9})\s*$/i;

/**
 * Such a comment by a person with write access is a mark. Source:
 * docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/marking-issues-or-pull-requests-as-a-duplicate
 */
function markDuplicate(request: RepositoryRequest, issue: IssueState, body: string): void {
  const canonical = Number(DUPLICATE.exec(body)?.[1] ?? 0);
  const isThere = request.repository.issues.has(canonical) && canonical !== issue.number;
  if (!isThere || !actsAs(request, "write")) return;
  noteEvent(changeOf(request), issue, { event: "marked_as_duplicate", canonical });
}

function findComment(request: RepositoryRequest): Commented {
  const id = integerParameter(request, "comment_id");
  for (const issue of request.repository.issues.values()) {
    const comment = issue.comments.find((candidate) => candidate.id === id);
    if (comment !== undefined) return { issue, comment };
  }
  throw notFound();
}

/** Its author and people with write access may, which is why a ledger is sealed. */
function assertMayChange(request: RepositoryRequest, comment: CommentState): void {
  const own = identified(request).account.id === comment.author.id;
  if (!own && !actsAs(request, "write")) throw forbidden("Must have admin rights to Repository.");
}

async function deleteComment(request: RepositoryRequest): Promise<Answer> {
  const commented = findComment(request);
  const { comment, issue } = commented;
  const change = changeOf(request);
  assertMayChange(request, comment);
  issue.comments.splice(issue.comments.indexOf(comment), 1);
  touch(change, issue);
  await announceComment(change, commented, { action: "deleted" });
  return NO_CONTENT;
}

async function updateComment(request: RepositoryRequest): Promise<Answer> {
  const commented = findComment(request);
  const { comment, issue } = commented;
  const change = changeOf(request);
  assertMayChange(request, comment);
  const body = readText(request);
  const changes = { body: { from: comment.body } };
  comment.body = body;
  comment.updatedAt = timestamp(request.twin);
  touch(change, issue);
  await announceComment(change, commented, { action: "edited", extra: { changes } });
  return ok(renderComment(request.twin, request.repository, comment));
}

function listComments(request: RepositoryRequest): Promise<Answer> {
  return pageOf(request, findIssue(request).comments);
}

/** Those of all issues and pull requests, in order of creation unless another order is requested. */
function listAllComments(request: RepositoryRequest): Promise<Answer> {
  const all = [...request.repository.issues.values()].flatMap(({ comments }) => comments);
  return pageOf(request, all.sort(orderOf(request)));
}

type Order = (left: CommentState, right: CommentState) => number;

/** GitHub ignores a direction without a sort, and then orders by creation. */
function orderOf({ query }: RepositoryRequest): Order {
  const sort = query.get("sort");
  if (sort === null) return (left, right) => left.id - right.id;
  if (sort !== "created" && sort !== "updated") {
    throw unprocessable(`The twin does not sort by ${sort}.`);
  }
  const sign = query.get("direction") === "asc" ? 1 : -1;
  const at = ({ createdAt, updatedAt }: CommentState) =>
    sort === "created" ? createdAt : updatedAt;
  return (left, right) =>
    sign * (Date.parse(at(left)) - Date.parse(at(right)) || left.id - right.id);
}

function pageOf(request: RepositoryRequest, comments: readonly CommentState[]): Promise<Answer> {
  const since = Date.parse(request.query.get("since") ?? "1970-01-01T00:00:00Z");
  const found = comments.filter((comment) => Date.parse(comment.updatedAt) >= since);
  return paged(request, found, (comment) =>
    renderComment(request.twin, request.repository, comment),
  );
}

export const commentRoutes = {
  "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": listComments,
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": createComment,
  "GET /repos/{owner}/{repo}/issues/comments": listAllComments,
  "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": (request) =>
    ok(renderComment(request.twin, request.repository, findComment(request).comment)),
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": updateComment,
  "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}": deleteComment,
} as const satisfies RepositoryRoutes;
