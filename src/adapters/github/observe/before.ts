import type { ObjectId } from "../../../domain/digest.ts";
import type {
  BeforeState,
  CommentState,
  Scope,
  Snapshot,
} from "../../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../../domain/lease.ts";
import { CommentAnswer, CommitAnswer, PullAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";
import type { Before } from "./look/past.ts";

/** GitHub's answers for an unknown commit, and for a deleted issue. */
const UNKNOWN: readonly (number | undefined)[] = [404, 410, 422];

/**
 * The commit before a merge, and the factory's comments on the issue of that commit. If one of them is missing, the
 * earlier observations are unknown, and the look says so.
 */
export async function readBefore(
  client: Client,
  {
    scope: { before },
    shown,
  }: { readonly scope: Pick<Scope, "before">; readonly shown: Before | null },
  self: { readonly id: number },
): Promise<Pick<Snapshot, "before">> {
  if (before === undefined) return {};
  try {
    const parent = "parent" in before ? before.parent : await parentOf(client, before.merge);
    if (parent === undefined) return {};
    const issue = await readIssueOf(client, await pullsOf(client, parent, shown), {
      parent,
      ...self,
    });
    return { before: { parent, ...(issue === undefined ? {} : { issue }) } };
  } catch (error: unknown) {
    if (UNKNOWN.includes(requestErrorOf(error)?.status)) return {};
    throw error;
  }
}

async function parentOf(client: Client, merge: ObjectId): Promise<ObjectId | undefined> {
  const { parents } = await client.ask(CommitAnswer, "GET /git/commits/{commit_sha}", {
    commit_sha: merge,
  });
  return parents[0]?.sha;
}

/** As in the look, or listed if it does not show them. */
async function pullsOf(
  client: Client,
  commit: ObjectId,
  shown: Before | null,
): Promise<Readonly<NonNullable<Before>>> {
  const route = "GET /commits/{commit_sha}/pulls";
  return shown ?? (await client.list(PullAnswer, route, { commit_sha: commit }));
}

/** A pull request names its issue only by its branch. The ledger on that issue tells whether that is true. */
async function readIssueOf(
  client: Client,
  pulls: Readonly<NonNullable<Before>>,
  self: { readonly id: number; readonly parent: ObjectId },
): Promise<BeforeState["issue"]> {
  const { parent: commit } = self;
  const made = pulls.find(
    ({ merged_at, merge_commit_sha }) => merged_at !== null && merge_commit_sha === commit,
  );
  const lease = made === undefined ? undefined : leaseOfBranch(made.head.ref);
  if (lease === undefined) return undefined;
  const comments = await client.list(CommentAnswer, "GET /issues/{issue_number}/comments", {
    issue_number: lease.issue,
  });
  const own = comments.filter(({ user }) => user.id === self.id);
  return { number: lease.issue, comments: own.map(ownComment) };
}

function ownComment(comment: CommentAnswer): CommentState {
  return {
    id: comment.id,
    author: { ...comment.user, permission: "none" },
    body: comment.body,
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
    url: comment.html_url,
  };
}
