import { z } from "zod";
import type { Scope } from "../../../../domain/github/snapshot.ts";
import { Account, Author } from "./accounts.ts";
import { More } from "./past.ts";

/** The most labeled pull requests, and the most of their newest comments; more are beyond these. */
const LABELLED = 50;
const SAID = 50;
/** The most recently changed pull requests, and comments of each; if there are more, comments are listed separately. */
const LATELY = 20;

const COMMENT = "fullDatabaseId author { ...Who } body updatedAt";

/** Fields of pull requests that are nobody's attempt. */
export function onPullsFields(scope: Scope): readonly (string | false)[] {
  const { ledgers, unblocking, pullSaid, pullRequest } = scope;
  return [
    pullSaid === true &&
      pullRequest !== undefined &&
      `pullSaid: pullRequest(number: ${pullRequest}) { comments(first: 100) { nodes { ${COMMENT} } pageInfo { hasNextPage } } }`,
    unblocking === true &&
      `unblocking: pullRequests(states: [OPEN], labels: [$unblock], first: ${LABELLED}, orderBy: {field: CREATED_AT, direction: ASC}) {
        nodes {
          ...Pull
          timelineItems(itemTypes: [LABELED_EVENT], last: 100) { nodes { ... on LabeledEvent { createdAt actor { ...Who } label { name } } } }
          comments(last: ${SAID}) { nodes { ${COMMENT} createdAt } pageInfo { hasPreviousPage } }
        }
      }`,
    ledgers?.work !== undefined &&
      `recentPulls: pullRequests(first: ${LATELY}, orderBy: {field: UPDATED_AT, direction: DESC}) {
        nodes { number updatedAt comments(first: ${LATELY}) { nodes { ${COMMENT} } pageInfo { hasNextPage } } }
        pageInfo { hasNextPage }
      }`,
  ];
}

const Comment = z.object({
  fullDatabaseId: z.coerce.number().int().positive(),
  author: Author,
  body: z.string(),
  updatedAt: z.string(),
});
const Comments = z.array(Comment);

/** Additional fields of a labeled pull request. */
export const Labelled = z.object({
  timelineItems: z.object({
    nodes: z.array(
      z.object({
        createdAt: z.string(),
        actor: Account,
        label: z.object({ name: z.string() }),
      }),
    ),
  }),
  comments: z.object({
    nodes: z.array(Comment.extend({ createdAt: z.string() })),
    pageInfo: z.object({ hasPreviousPage: z.boolean() }),
  }),
});

/** Comments on one pull request. */
export const PullSaid = z.object({ comments: z.object({ nodes: Comments, pageInfo: More }) });

/** Recently changed pull requests, newest first. */
export const RecentPulls = z.object({
  nodes: z.array(
    z.object({
      number: z.int().positive(),
      updatedAt: z.string(),
      comments: z.object({ nodes: Comments, pageInfo: More }),
    }),
  ),
  pageInfo: More,
});
export type RecentPulls = z.infer<typeof RecentPulls>;
