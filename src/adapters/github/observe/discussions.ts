import { z } from "zod";
import type { DiscussionsSeen } from "../../../domain/github/discussion.ts";
import type { Part } from "../../../domain/github/snapshot.ts";
import type { Client } from "../client/client.ts";

/** Five hundred of the newest are enough for patterns; the number of older ones is reported. */
const MOST_PAGES = 5;

const DISCUSSIONS = `query Discussions($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    hasDiscussionsEnabled
    discussions(first: 100, after: $after, states: [OPEN], orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        number title body url createdAt
        author { login }
        labels(first: 100) { nodes { name } }
      }
    }
  }
}`;

const Page = z.object({
  repository: z.object({
    hasDiscussionsEnabled: z.boolean(),
    discussions: z.object({
      totalCount: z.int().nonnegative(),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      nodes: z.array(
        z.object({
          number: z.int().positive(),
          title: z.string(),
          body: z.string(),
          url: z.string(),
          createdAt: z.string(),
          /** Null: the account is gone. */
          author: z.object({ login: z.string() }).nullable(),
          /** Null: GitHub shows no labels of it. */
          labels: z.object({ nodes: z.array(z.object({ name: z.string() })) }).nullable(),
        }),
      ),
    }),
  }),
});
type Node = z.infer<typeof Page>["repository"]["discussions"]["nodes"][number];

/**
 * The newest open discussions with a label: one request per hundred of all open ones, five at most. GitHub cannot filter them by
 * label, and compares label names without case. Unknown, in GitHub's words, if they are off or the token may not read them.
 */
export async function readDiscussions(
  client: Client,
  label: string,
): Promise<Part<DiscussionsSeen>> {
  const found: Node[] = [];
  let after: string | null = null;
  let total = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { data, errors } = await client.query(DISCUSSIONS, { after });
    const page = Page.safeParse(data);
    // The missing part of a partial page is unknown.
    if (errors[0] !== undefined || !page.success) {
      return { unknown: errors[0]?.message ?? "GitHub does not show the discussions" };
    }
    const { hasDiscussionsEnabled, discussions } = page.data.repository;
    if (!hasDiscussionsEnabled) return { unknown: "discussions are off in this repository" };
    found.push(...discussions.nodes);
    total = discussions.totalCount;
    after = discussions.pageInfo.endCursor;
    if (!discussions.pageInfo.hasNextPage) break;
  }
  const wanted = label.toLowerCase();
  const discussions = found
    .map(({ author, labels, ...one }) => ({
      ...one,
      author: author?.login ?? "ghost",
      labels: (labels?.nodes ?? []).map(({ name }) => name),
    }))
    .filter(({ labels }) => labels.some((name) => name.toLowerCase() === wanted));
  return { known: { discussions, unread: Math.max(0, total - found.length) } };
}
