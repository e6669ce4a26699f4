import { z } from "zod";
import { addressesFactory } from "../../../domain/command.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import type { BranchState, CommentState, IssueState } from "../../../domain/github/snapshot.ts";
import {
  CommentAnswer,
  CompareAnswer,
  type IssueAnswer,
  RefAnswer,
  type UserAnswer,
} from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";
import type { Permissions } from "../permissions.ts";
import type { SeenIssue } from "./look/look.ts";
import { blockedBy } from "./open-issues.ts";

/** An issue with everything on it; partial lists are read whole, one request per hundred. */
export interface FoundIssue {
  readonly issue: IssueAnswer;
  readonly comments: readonly CommentAnswer[];
  readonly branches: readonly BranchState[];
  readonly history: SeenIssue["history"];
}

export async function readWhole(client: Client, seen: SeenIssue): Promise<FoundIssue> {
  const { issue, branches, history } = seen;
  const [comments, names] = await Promise.all([
    seen.isCut
      ? client.list(CommentAnswer, "GET /issues/{issue_number}/comments", {
          issue_number: issue.number,
        })
      : seen.comments,
    branches.pageInfo.hasNextPage ? readBranches(client, issue.number) : branches.nodes,
  ]);
  return { issue, comments, branches: names.map(({ name, sha }) => ({ name, sha })), history };
}

/**
 * The factory's comments from another repository come along with the issue, by the same identity if that is GitHub's own
 * bot. They are about another place: neither this one's ledger, nor a forgery.
 */
export function commentsHere(
  { comments, history: { transferred } }: FoundIssue,
  self: { readonly id: number },
): readonly CommentAnswer[] {
  if (transferred === undefined) return comments;
  const since = Date.parse(transferred.at);
  return comments.filter(
    ({ user, created_at: at }) => user.id !== self.id || Date.parse(at) >= since,
  );
}

/** Relations that mean belonging to a repository. Anybody else has no write access, or a hidden one. */
const BELONGS: readonly string[] = ["OWNER", "MEMBER", "COLLABORATOR"];
/** Of people who only comment, the last ones are asked about, because recent comments matter. */
const MOST_TALKERS = 20;

/** People whose permission matters: the author of the issue, and its commenters. */
export function peopleToAsk({ issue, comments }: FoundIssue): readonly UserAnswer[] {
  return [issue.user, ...speakersToAsk(comments)];
}

type Spoken = Pick<CommentAnswer, "user" | "body" | "author_association">;

/**
 * People who command or approved, and people whose remarks may become part of the work. A crowd of strangers costs
 * nothing: one request each would use up the repository's hour.
 */
export function speakersToAsk(spoken: readonly Spoken[]): readonly UserAnswer[] {
  const commanding = spoken.filter(({ body }) => addressesFactory(body));
  const talking = spoken.filter((one) => BELONGS.includes(one.author_association));
  const talkers = new Map(talking.toReversed().map(({ user }) => [user.id, user] as const));
  return [...commanding.map(({ user }) => user), ...[...talkers.values()].slice(0, MOST_TALKERS)];
}

async function readBranches(client: Client, issue: number): Promise<readonly BranchState[]> {
  // All of them in one answer, because GitHub has no pages here.
  const refs = await client.ask(z.array(RefAnswer), "GET /git/matching-refs/{+ref}", {
    ref: `heads/factory/${issue}-`,
  });
  return refs.map(({ ref, object }) => ({
    name: ref.replace(/^refs\/heads\//, ""),
    sha: object.sha,
  }));
}

/** Whether everything of this commit is part of the head. Unrelated histories are not. */
export async function isAncestor(
  client: Client,
  { commit, head }: { readonly commit: ObjectId; readonly head: ObjectId },
): Promise<boolean> {
  try {
    const basehead = `${head}...${commit}`;
    const route = "GET /compare/{basehead}";
    const found = await client.ask(CompareAnswer, route, { basehead, per_page: 1 });
    return found.ahead_by === 0;
  } catch (error: unknown) {
    if (requestErrorOf(error)?.status === 404) return false;
    throw error;
  }
}

export function commentState(comment: CommentAnswer, permissions: Permissions): CommentState {
  return {
    id: comment.id,
    author: permissions.authorize(comment.user),
    body: comment.body,
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
    url: comment.html_url,
  };
}

export function issueState(
  { issue, history }: Pick<FoundIssue, "issue" | "history">,
  permissions: Permissions,
): IssueState {
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    state: issue.state,
    locked: issue.locked,
    labels: issue.labels,
    author: permissions.authorize(issue.user),
    updatedAt: issue.updated_at,
    url: issue.html_url,
    ...blockedBy(issue.sub_issues_summary, issue.issue_dependencies_summary?.blocked_by),
    ...history,
  };
}
