import { z } from "zod";
import { ObjectId } from "../../../../domain/digest.ts";
import type { PullRequestState } from "../../../../domain/github/snapshot.ts";
import { BranchName, RepositoryName } from "../../../../domain/order.ts";
import { Account, Author, Collaborators } from "./accounts.ts";
import { HistoryAnswer } from "./history.ts";
import { Labelled, PullSaid, RecentPulls } from "./on-pulls.ts";
import { Before, LoopsLately, More, Recent } from "./past.ts";

const Cursor = More.extend({ endCursor: z.string().nullable() });

const Labels = z
  .object({ nodes: z.array(z.object({ name: z.string() })), pageInfo: More })
  .refine(({ pageInfo }) => !pageInfo.hasNextPage, "more labels than GitHub shows at once")
  .transform(({ nodes }) => nodes.map(({ name }) => name));

const ListedIssue = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string(),
  updatedAt: z.string(),
  author: Author,
  labels: Labels,
  subIssuesSummary: z
    .object({ total: z.int().nonnegative(), completed: z.int().nonnegative() })
    .nullish(),
  issueDependenciesSummary: z.object({ blockedBy: z.int().nonnegative() }).nullish(),
});

const AskedPage = z.object({
  nodes: z.array(z.object({ number: z.int().positive(), author: Author, labels: Labels })),
  pageInfo: More,
});
export type AskedPage = z.infer<typeof AskedPage>;

const Comment = z
  .object({
    id: z.string(),
    fullDatabaseId: z.coerce.number().int().positive(),
    author: Author,
    authorAssociation: z.string(),
    body: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    url: z.string(),
  })
  .transform((one) => ({
    node: one.id,
    id: one.fullDatabaseId,
    user: one.author,
    body: one.body,
    author_association: one.authorAssociation,
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    html_url: one.url,
  }));

const Issue = ListedIssue.extend({
  __typename: z.literal("Issue"),
  id: z.string(),
  state: z.enum(["OPEN", "CLOSED"]),
  locked: z.boolean(),
  url: z.string(),
  comments: z.object({ nodes: z.array(Comment), pageInfo: More }),
  ...HistoryAnswer,
});
/** Anything else with the number is a pull request, and no issue. */
const AnyIssue = z.discriminatedUnion("__typename", [
  Issue,
  z.object({ __typename: z.literal("PullRequest") }),
]);

/** A pull request, and its GraphQL id. */
export interface SeenPull {
  readonly node: string;
  readonly state: PullRequestState;
}

const Pull = z
  .object({
    id: z.string(),
    number: z.int().positive(),
    state: z.enum(["OPEN", "CLOSED", "MERGED"]),
    headRefName: z.string(),
    headRefOid: ObjectId,
    baseRefName: z.string(),
    baseRefOid: ObjectId,
    body: z.string(),
    mergedAt: z.string().nullable(),
    mergeCommit: z.object({ oid: ObjectId }).nullable(),
    mergedBy: Account,
    url: z.string(),
    isCrossRepository: z.boolean(),
  })
  .transform(
    (pull): SeenPull => ({
      node: pull.id,
      state: {
        number: pull.number,
        head: { branch: pull.headRefName, sha: pull.headRefOid },
        fork: pull.isCrossRepository,
        base: { branch: pull.baseRefName, sha: pull.baseRefOid },
        state: pull.state === "OPEN" ? "open" : "closed",
        merged: pull.state === "MERGED",
        mergeSha: pull.state === "MERGED" ? (pull.mergeCommit?.oid ?? null) : null,
        mergedBy: pull.state === "MERGED" ? pull.mergedBy : null,
        body: pull.body,
        url: pull.url,
      },
    }),
  );
const Pulls = z.object({ nodes: z.array(Pull), pageInfo: More });

const Branches = z.object({
  nodes: z.array(
    z
      .object({
        name: z.string(),
        prefix: z.string(),
        target: z.object({ oid: ObjectId }),
        associatedPullRequests: Pulls,
      })
      .transform((ref) => ({
        name: `${ref.prefix}${ref.name}`.replace(/^refs\/heads\//, ""),
        sha: ref.target.oid,
        pulls: ref.associatedPullRequests,
      })),
  ),
  pageInfo: More,
});

export const Andon = z.object({
  nodes: z.array(
    z.object({
      number: z.int().positive(),
      timelineItems: z.object({
        nodes: z.array(z.object({ actor: Account, label: z.object({ name: z.string() }) })),
      }),
    }),
  ),
  pageInfo: Cursor,
});

const ClosedPulls = z.object({
  nodes: z.array(
    z
      .object({
        number: z.int().positive(),
        headRefName: z.string(),
        mergedAt: z.string().nullable(),
        updatedAt: z.string(),
      })
      .transform((pull) => ({
        number: pull.number,
        head: { ref: pull.headRefName },
        merged_at: pull.mergedAt,
        updated_at: pull.updatedAt,
      })),
  ),
  pageInfo: More,
});

export type Andon = z.infer<typeof Andon>;

export const IssuePage = z.object({ nodes: z.array(ListedIssue), pageInfo: Cursor });
export type IssuePage = z.infer<typeof IssuePage>;

/** A file with git's modes of neither link nor folder; `text` is null if it is no text. */
const File = z.object({
  mode: z.int(),
  object: z.object({ text: z.string().nullish(), isTruncated: z.boolean().optional() }).nullable(),
});

export const LookAnswer = z.object({
  id: z.string(),
  databaseId: z.int().positive(),
  nameWithOwner: RepositoryName,
  url: z.string(),
  isPrivate: z.boolean(),
  owner: Account,
  defaultBranchRef: z.object({
    name: BranchName,
    target: z.object({
      oid: ObjectId,
      tree: z.object({ oid: ObjectId }),
      parents: z.object({ nodes: z.array(z.object({ oid: ObjectId })) }),
      file: File.nullable(),
    }),
  }),
  open: IssuePage.optional(),
  waiting: IssuePage.optional(),
  asked: AskedPage.optional(),
  openPulls: Pulls.optional(),
  pull: Pull.optional(),
  closed: ClosedPulls.optional(),
  recent: Recent.nullish(),
  loops: LoopsLately.optional(),
  recentPulls: RecentPulls.nullish(),
  pullSaid: PullSaid.nullish(),
  unblocking: z.object({ nodes: z.array(z.intersection(Pull, Labelled)) }).nullish(),
  before: Before.nullish(),
  collaborators: Collaborators.nullish(),
});
export type LookAnswer = z.infer<typeof LookAnswer>;

/** A label of the repository; null if there is none of that name. */
export const LabelNode = z.object({ id: z.string(), name: z.string() }).nullable();

/** The issues of the scope have aliases of their own. */
export const IssueParts = { issue: AnyIssue, branches: Branches };
export type WholeIssue = z.infer<typeof Issue>;
export type BranchesAnswer = z.infer<typeof Branches>;
