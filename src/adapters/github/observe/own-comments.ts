import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { PlacedCommentAnswer } from "../answers.ts";
import type { Client } from "../client.ts";
import { requestErrorOf } from "../request-error.ts";

/**
 * What the factory wrote since a time, on all issues at once: one request for each 100 comments of anybody, because a ledger
 * is edited in place and GitHub lists comments by their last edit.
 */
export async function readOwnComments(
  client: Client,
  { ledgersSince }: Pick<Scope, "ledgersSince">,
  self: { readonly id: number },
): Promise<Pick<Snapshot, "ownComments">> {
  if (ledgersSince === undefined) return {};
  try {
    const listed = await client.list(PlacedCommentAnswer, "GET /issues/comments", {
      since: ledgersSince,
    });
    const own = listed.filter(({ user }) => user.id === self.id);
    return {
      ownComments: {
        known: own.map(({ issue_url: issue, id, user: author, body }) => ({
          issue,
          id,
          author,
          body,
        })),
      },
    };
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    return { ownComments: { unknown: failure.message } };
  }
}
