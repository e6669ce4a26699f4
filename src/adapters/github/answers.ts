import { z } from "zod";
import { ObjectId } from "../../domain/digest.ts";

/** The parts of GitHub's answers that are used. Source: docs.github.com/en/rest (2022-11-28). */
export const UserAnswer = z.object({
  id: z.int().positive(),
  login: z.string().min(1),
  // An unknown kind of account may command nothing, like a bot.
  type: z.enum(["User", "Bot", "Organization"]).catch("Bot"),
});
export type UserAnswer = z.infer<typeof UserAnswer>;

/** GitHub's own placeholder for a deleted account; nobody can log in as it. */
export const GHOST: UserAnswer = { id: 10_137, login: "ghost", type: "User" };
const Author = UserAnswer.nullable().transform((user) => user ?? GHOST);

export const TreeAnswer = z.object({
  sha: ObjectId,
  truncated: z.boolean().default(false),
  tree: z.array(z.object({ path: z.string(), type: z.enum(["blob", "tree", "commit"]) })),
});

export const ContentAnswer = z.object({
  type: z.literal("file"),
  encoding: z.literal("base64"),
  content: z.string(),
});

const Labels = z
  .array(z.union([z.string(), z.object({ name: z.string() })]))
  .transform((labels) => labels.map((label) => (typeof label === "string" ? label : label.name)));

export const IssueAnswer = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullable(),
  state: z.enum(["open", "closed"]),
  locked: z.boolean(),
  labels: Labels,
  user: Author,
  updated_at: z.string(),
  html_url: z.string(),
  /** Present, with any value, if the number is that of a pull request. */
  pull_request: z.object({}).optional(),
  state_reason: z.string().nullish(),
  sub_issues_summary: z
    .object({ total: z.int().nonnegative(), completed: z.int().nonnegative() })
    .nullish(),
  issue_dependencies_summary: z.object({ blocked_by: z.int().nonnegative() }).nullish(),
});
export type IssueAnswer = z.infer<typeof IssueAnswer>;

/** An event of an issue; for label events, with the label. */
export const IssueEventAnswer = z.object({
  event: z.string(),
  actor: UserAnswer.nullish(),
  label: z.object({ name: z.string() }).optional(),
});

export const LabelAnswer = z.object({ name: z.string() });

export const CommentAnswer = z.object({
  id: z.int().positive(),
  user: Author,
  body: z
    .string()
    .nullable()
    .transform((body) => body ?? ""),
  /** The author's relation to the repository; GitHub hides private memberships. */
  author_association: z.string().catch("NONE"),
  created_at: z.string(),
  updated_at: z.string(),
  html_url: z.string(),
});
export type CommentAnswer = z.infer<typeof CommentAnswer>;

/** A comment in the list of all issues; it names its own issue. */
export const ListedCommentAnswer = CommentAnswer.extend({
  issue_url: z
    .string()
    .transform((url) => Number(/\/issues\/([1-9][0-9]*)$/.exec(url)?.[1]))
    .pipe(z.int().positive()),
});

export const RefAnswer = z.object({ ref: z.string(), object: z.object({ sha: ObjectId }) });

/** Of a pull request; null if a fork is gone. */
const Side = z.object({
  ref: z.string(),
  sha: ObjectId,
  repo: z.object({ id: z.int().positive() }).nullish(),
});

/** An entry of a list of pull requests, which does not say who merged. */
export const PullAnswer = z.object({
  number: z.int().positive(),
  state: z.enum(["open", "closed"]),
  head: Side,
  base: Side,
  body: z.string().nullable(),
  merged_at: z.string().nullable(),
  merge_commit_sha: ObjectId.nullable(),
  /** Null until GitHub has tried the merge; lists omit it. */
  mergeable: z.boolean().nullish(),
  merged_by: UserAnswer.nullish(),
  user: UserAnswer.nullish(),
  html_url: z.string(),
});
export type PullAnswer = z.infer<typeof PullAnswer>;

/** How many commits one commit has that another does not. */
export const CompareAnswer = z.object({ ahead_by: z.int().nonnegative() });

export const PermissionAnswer = z.object({
  permission: z.string(),
  role_name: z.string().optional(),
  user: z.object({ id: z.int().positive() }).nullish(),
});

export const CommitAnswer = z.object({
  sha: ObjectId,
  tree: z.object({ sha: ObjectId }),
  parents: z.array(z.object({ sha: ObjectId })),
});
export type CommitAnswer = z.infer<typeof CommitAnswer>;

export const ObjectAnswer = z.object({ sha: ObjectId });
export const MergeAnswer = z.object({ merged: z.boolean(), sha: ObjectId });
export const Anything = z.unknown();

export const CheckRunAnswer = z.object({
  id: z.int().positive(),
  name: z.string(),
  external_id: z.string().nullish(),
  conclusion: z.string().nullable(),
  html_url: z.string().nullish(),
  output: z.object({ annotations_count: z.int().nonnegative() }).nullish(),
});
export const CheckRunsAnswer = z.object({ check_runs: z.array(CheckRunAnswer) });

export const RunsAnswer = z.object({
  workflow_runs: z.array(z.object({ id: z.int().positive(), created_at: z.string() })),
});

export const ScheduledRunsAnswer = z.object({
  workflow_runs: z.array(
    z.object({ path: z.string(), created_at: z.string(), conclusion: z.string().nullable() }),
  ),
});

export const RunAnswer = z.object({ id: z.int().positive(), status: z.string().nullable() });
