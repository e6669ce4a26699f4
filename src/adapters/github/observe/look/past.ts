import { z } from "zod";
import { ObjectId } from "../../../../domain/digest.ts";
import { Author } from "./accounts.ts";

export const More = z.object({ hasNextPage: z.boolean() });

const RecentIssue = z.object({
  number: z.int().positive(),
  came: z.object({ nodes: z.array(z.object({ createdAt: z.string() })) }),
  comments: z.object({
    nodes: z.array(
      z.object({
        fullDatabaseId: z.coerce.number().int().positive(),
        author: Author,
        body: z.string(),
        createdAt: z.string(),
        updatedAt: z.string(),
      }),
    ),
    pageInfo: More,
  }),
});

/** Comments of recently changed issues; undefined if not all of them are shown. */
export const Recent = z
  .object({ nodes: z.array(RecentIssue.nullable()), pageInfo: More })
  .transform(({ nodes, pageInfo }) => {
    const shown = nodes.flatMap((one) =>
      one === null || one.comments.pageInfo.hasNextPage ? [] : [one],
    );
    if (pageInfo.hasNextPage || shown.length < nodes.length) return undefined;
    return shown.flatMap(({ number: issue, comments, came }) =>
      comments.nodes
        // Comments that came with an issue from another repository belong to that one.
        .filter(({ createdAt }) =>
          came.nodes.every((one) => Date.parse(createdAt) >= Date.parse(one.createdAt)),
        )
        .map(({ fullDatabaseId: id, ...comment }) => ({ ...comment, issue, id })),
    );
  });
export type Recent = z.infer<typeof Recent>;

/** Recently changed issues under the label of loops. */
export const LoopsLately = z.object({
  nodes: z.array(z.object({ number: z.int().positive(), body: z.string(), author: Author })),
  pageInfo: More,
});

const PullsOfCommit = z.object({
  nodes: z.array(
    z.object({
      headRefName: z.string(),
      mergedAt: z.string().nullable(),
      mergeCommit: z.object({ oid: ObjectId }).nullable(),
    }),
  ),
  pageInfo: More,
});

/** Pull requests of a commit; undefined if not all of them are shown. */
export const Before = z
  .object({ associatedPullRequests: PullsOfCommit.nullable() })
  .transform(({ associatedPullRequests: pulls }) =>
    pulls === null || pulls.pageInfo.hasNextPage
      ? undefined
      : pulls.nodes.map((pull) => ({
          head: { ref: pull.headRefName },
          merged_at: pull.mergedAt,
          merge_commit_sha: pull.mergeCommit?.oid ?? null,
        })),
  );
export type Before = z.infer<typeof Before>;
