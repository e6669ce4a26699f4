import { z } from "zod";
import { MOST_PINNED, type Pinning } from "../../../domain/github/pinning.ts";
import type { Part } from "../../../domain/github/snapshot.ts";
import type { Client } from "../client/client.ts";

const PINNING = `query Pinning($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pinnedIssues(first: ${MOST_PINNED}) { totalCount }
    issueOrPullRequest(number: $number) {
      ... on Issue {
        id isPinned
        timelineItems(first: 1, itemTypes: [PINNED_EVENT, UNPINNED_EVENT]) { nodes { __typename } }
      }
    }
  }
}`;

const Answer = z.object({
  repository: z.object({
    pinnedIssues: z.object({ totalCount: z.int().nonnegative() }),
    issueOrPullRequest: z.object({
      id: z.string().min(1),
      isPinned: z.boolean().nullable(),
      timelineItems: z.object({ nodes: z.array(z.unknown()) }),
    }),
  }),
});

/** Whether an issue is or was pinned, and the number of pins: one request. An unexpected answer is unknown. */
export async function readPinning(client: Client, issue: number): Promise<Part<Pinning>> {
  const { data, errors } = await client.query(PINNING, { number: issue });
  const found = Answer.safeParse(data);
  if (!found.success) {
    return { unknown: errors[0]?.message ?? "GitHub does not show whether an issue is pinned" };
  }
  const { pinnedIssues, issueOrPullRequest: one } = found.data.repository;
  const wasPinned = one.isPinned === true || one.timelineItems.nodes.length > 0;
  return { known: { issue, node: one.id, wasPinned, pinned: pinnedIssues.totalCount } };
}
