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

/** What GitHub says of a commit that it does not know, and of an issue that is gone. */
const UNKNOWN: readonly (number | undefined)[] = [404, 410, 422];

/**
 * The commit before a merge, and the factory's own comments on the issue that brought it. Where one of them is not there
 * nobody knows what was seen before, and that is what the look then says.
 */
export async function readBefore(
  client: Client,
  { before }: Pick<Scope, "before">,
  self: { readonly id: number },
): Promise<Pick<Snapshot, "before">> {
  if (before === undefined) return {};
  try {
    const parent = "parent" in before ? before.parent : await parentOf(client, before.merge);
    if (parent === undefined) return {};
    const issue = await readIssueOf(client, parent, self);
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

/** A pull request names its issue by its branch alone; whether the word is true is told by the ledger that stands there. */
async function readIssueOf(
  client: Client,
  commit: ObjectId,
  self: { readonly id: number },
): Promise<BeforeState["issue"]> {
  const pulls = await client.list(PullAnswer, "GET /commits/{commit_sha}/pulls", {
    commit_sha: commit,
  });
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
