import { z } from "zod";

const Time = z.iso.datetime({ offset: true });
const User = z.object({ login: z.string(), type: z.string() }).nullable();
const Numbered = z.int().positive();

const Issue = z.object({
  number: Numbered,
  title: z.string(),
  body: z.string().nullable().optional(),
  created_at: Time,
  updated_at: Time,
  closed_at: Time.nullable().default(null),
  labels: z.array(z.union([z.string(), z.object({ name: z.string() })])).default([]),
  milestone: z.object({ title: z.string() }).nullable().default(null),
  /** GitHub lists pull requests among issues, and marks them so. */
  pull_request: z.unknown().optional(),
});

const Pull = z.object({
  number: Numbered,
  title: z.string(),
  body: z.string().nullable().default(null),
  user: User,
  merged_at: Time.nullable(),
  merge_commit_sha: z.string().nullable(),
  /** Only of a pull request that was requested alone. */
  merged_by: User.optional(),
  base: z.object({ ref: z.string() }),
  head: z.object({ ref: z.string() }),
});

const Review = z.object({
  /** Ends with the number of the pull request. */
  pull_request_url: z.string(),
  user: User,
  state: z.string(),
});

const Commit = z.object({
  sha: z.string(),
  commit: z.object({
    message: z.string(),
    author: z.object({ email: z.string(), date: Time }).nullable(),
  }),
});

const Event = z.object({
  event: z.string(),
  created_at: Time,
  label: z.object({ name: z.string() }).optional(),
  issue: z.object({ number: Numbered }),
});

const Deployment = z.object({
  sha: z.string(),
  environment: z.string(),
  statuses: z.array(z.object({ state: z.string(), created_at: Time })),
});

const Comment = z.object({
  /** A ledger names its pages by it. */
  id: z.int().positive().optional(),
  issue_url: z.string(),
  user: User,
  body: z.string().nullable(),
});

/**
 * Answers of GitHub's REST API, list for list, in one object; unused fields may stay. A missing list is unknown, which
 * differs from an empty one.
 */
export const GitHubExport = z.object({
  repository: z.object({
    id: z.int().positive(),
    full_name: z.string(),
    html_url: z.string(),
    default_branch: z.string(),
  }),
  /** `GET /repos/O/R/issues?state=all` */
  issues: z.array(Issue).optional(),
  /** `GET /repos/O/R/pulls?state=all` */
  pulls: z.array(Pull),
  /** `GET /repos/O/R/commits` */
  commits: z.array(Commit).optional(),
  /** `GET /repos/O/R/pulls/N/reviews`, of all pull requests in one list. */
  reviews: z.array(Review).optional(),
  /** `GET /repos/O/R/pulls/N/commits`, by number. */
  pull_commits: z.record(z.string(), z.array(Commit)).optional(),
  /** `GET /repos/O/R/pulls/N/files`, by number. */
  pull_files: z
    .record(z.string(), z.array(z.object({ filename: z.string(), additions: z.int() })))
    .optional(),
  /** `GET /repos/O/R/issues/events` */
  events: z.array(Event).optional(),
  /** `GET /repos/O/R/deployments`, each with the answer of its `statuses_url`. */
  deployments: z.array(Deployment).optional(),
  /** `GET /repos/O/R/actions/runs?event=schedule`, the content of its `workflow_runs`, newest first. */
  runs: z
    .array(z.object({ path: z.string(), conclusion: z.string().nullable(), created_at: Time }))
    .optional(),
  /** `GET /repos/O/R/issues/comments`, including the ledgers. */
  comments: z.array(Comment).optional(),
});
export type GitHubExport = z.infer<typeof GitHubExport>;
