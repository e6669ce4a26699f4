import { z } from "zod";
import type {
  OwnedPullRequest,
  ReviewState,
  ReviewThread,
  Said,
} from "../../../domain/github/owned-pull-request.ts";
import { CommentAnswer, GHOST } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { type Permissions, readPermissions } from "../permissions.ts";
import { speakersToAsk } from "./issue.ts";
import { readShown, type ShownOnly } from "./owned-threads.ts";

const ThreadCommentAnswer = CommentAnswer.extend({
  path: z.string(),
  /** Null: the line is gone. Absent: it is on the whole file. */
  line: z.int().positive().nullish(),
  in_reply_to_id: z.int().positive().nullish(),
});
type ThreadCommentAnswer = z.infer<typeof ThreadCommentAnswer>;

const STATES = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes-requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
} as const;
const ReviewAnswer = z.object({
  id: z.int().positive(),
  user: CommentAnswer.shape.user.catch(GHOST),
  body: CommentAnswer.shape.body,
  /** A review that is not submitted yet is visible only to its author, so it does not count. */
  state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]),
  submitted_at: z.string().nullish(),
  author_association: CommentAnswer.shape.author_association,
});

/** 4 requests, 1 for each further 100 entries, and 1 for each person who commands or belongs to the repository, up to 20 of these. */
export async function readOwned(client: Client, pullRequest: number): Promise<OwnedPullRequest> {
  const pull = { pull_number: pullRequest };
  const [comments, written, reviews, shown] = await Promise.all([
    client.list(CommentAnswer, "GET /issues/{issue_number}/comments", {
      issue_number: pullRequest,
    }),
    client.list(ThreadCommentAnswer, "GET /pulls/{pull_number}/comments", pull),
    client.list(ReviewAnswer, "GET /pulls/{pull_number}/reviews", pull),
    readShown(client, pullRequest),
  ]);
  const users = speakersToAsk([...comments, ...written, ...reviews]);
  const permissions = await readPermissions(client, { users, actors: [], owner: null });
  return {
    pullRequest,
    comments: comments.map((one) => saidIn(one, permissions)),
    threads: threadsOf(written, shown.threads, permissions),
    behind: shown.behind,
    reviews: reviews.flatMap((review): ReviewState[] => {
      const { id, user, body, state, submitted_at: at } = review;
      if (state === "PENDING" || !at) return [];
      const author = permissions.authorize(user);
      return [{ id, author, body, createdAt: at, updatedAt: at, state: STATES[state] }];
    }),
  };
}

function saidIn(comment: CommentAnswer, permissions: Permissions): Said {
  const { id, user, body, created_at: createdAt, updated_at: updatedAt } = comment;
  return { id, author: permissions.authorize(user), body, createdAt, updatedAt };
}

/** A reply names the first comment of its thread, whatever it answers. */
function threadsOf(
  written: readonly ThreadCommentAnswer[],
  shown: ShownOnly["threads"],
  permissions: Permissions,
): readonly ReviewThread[] {
  const inOrder = written.toSorted((left, right) => left.id - right.id);
  return inOrder
    .filter(({ in_reply_to_id: first }) => first == null)
    .map(({ id, path, line }) => ({
      id,
      path,
      line: line ?? null,
      node: shown.get(id)?.node ?? null,
      settled: shown.get(id)?.settled ?? false,
      comments: inOrder
        .filter((one) => (one.in_reply_to_id ?? one.id) === id)
        .map((one) => saidIn(one, permissions)),
    }));
}
