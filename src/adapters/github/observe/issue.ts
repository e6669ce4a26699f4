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

/** An issue with everything that stands on it: what the look shows in part is listed, 1 request for each hundred. */
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
 * What the factory wrote in another repository came along with the issue, by the same identity where that is GitHub's own
 * bot. It is about another place: neither a ledger of this one, nor a forgery.
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

/** Who belongs to a repository by GitHub's own word: anybody else has no right to write, or it is not for all to know. */
const BELONGS: readonly string[] = ["OWNER", "MEMBER", "COLLABORATOR"];
/** Of those who only talk, the last are asked about: what is said lately is what is worked with. */
const MOST_TALKERS = 20;

/** Whose permission matters: who wrote the issue, and who speaks on it. */
export function peopleToAsk({ issue, comments }: FoundIssue): readonly UserAnswer[] {
  return [issue.user, ...speakersToAsk(comments)];
}

type Spoken = Pick<CommentAnswer, "user" | "body" | "author_association">;

/**
 * Who commands, which is who approved as well, and whose remarks may be read as part of the work. A crowd of strangers costs
 * nothing: one request each would use up the repository's hour.
 */
export function speakersToAsk(spoken: readonly Spoken[]): readonly UserAnswer[] {
  const commanding = spoken.filter(({ body }) => addressesFactory(body));
  const talking = spoken.filter((one) => BELONGS.includes(one.author_association));
  const talkers = new Map(talking.toReversed().map(({ user }) => [user.id, user] as const));
  return [...commanding.map(({ user }) => user), ...[...talkers.values()].slice(0, MOST_TALKERS)];
}

async function readBranches(client: Client, issue: number): Promise<readonly BranchState[]> {
  // All of them in one answer: GitHub has no pages here.
  const refs = await client.ask(z.array(RefAnswer), "GET /git/matching-refs/{+ref}", {
    ref: `heads/factory/${issue}-`,
  });
  return refs.map(({ ref, object }) => ({
    name: ref.replace(/^refs\/heads\//, ""),
    sha: object.sha,
  }));
}

/** Whether everything of this commit is part of the head. A history that shares nothing with it is not. */
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
