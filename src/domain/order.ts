import { z } from "zod";
import { AuthorizedActor } from "./actor.ts";
import { Budget } from "./budget.ts";
import { Config } from "./config/schema.ts";
import { Contract } from "./contract.ts";
import { Digest, digestOfValue, ObjectId } from "./digest.ts";

/** The workers there are; each is one action of the same name. */
export const WORKERS = [
  "intake-normalize",
  "implement",
  "verify",
  "review",
  "post-merge-smoke",
  "quality-audit",
] as const;
export const Worker = z.enum(WORKERS);
export type Worker = z.infer<typeof Worker>;

/** The text a person wrote, as it stood when the order was made. Data for a model, never instructions. */
export const IssueText = z.strictObject({
  number: z.int().positive(),
  title: z.string().max(1_000),
  body: z.string().max(65_536),
  author: AuthorizedActor,
  /** Answers and remarks of people with write, oldest first. */
  remarks: z
    .array(z.strictObject({ author: AuthorizedActor, body: z.string().max(65_536) }))
    .max(50),
  digest: Digest,
});
export type IssueText = z.infer<typeof IssueText>;

/** What an earlier attempt left behind, in brief: never a transcript. */
export const PriorAttempt = z.strictObject({
  attempt: z.int().positive(),
  outcome: z.string().max(200),
  findings: z.array(z.string().max(1_000)).max(20),
});
export type PriorAttempt = z.infer<typeof PriorAttempt>;

/** `OWNER/NAME` as GitHub makes them: neither part is `.` or `..` or begins with a dash, so that it is one in a path, too. */
export const RepositoryName = z
  .string()
  .max(140)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9._][A-Za-z0-9._-]{0,99}$/,
    "expected OWNER/NAME",
  );

/**
 * The short name of a branch that a checkout, an address and a log line can hold as it is: no blank, no control or hidden
 * character, nothing that git reads as an option, a range or a pattern (threats GIT-17, EV-09).
 */
export const BranchName = z
  .string()
  .max(250)
  .regex(
    /^(?![-/]|refs\/|[0-9a-f]{40}$)(?!.*(?:\.\.|\/\/|@\{))(?!.*[./]$)[^\s\p{C}\p{Z}~^:?*[\\`"'$;&|<>(){}!#%]+$/u,
    "expected the name of a branch",
  );

/** The immutable work order. One order serves the whole run: every worker of the run reads the same bytes. */
export const Order = z.strictObject({
  version: z.literal(1),
  /** `<repository id>/<run id>/<kind>`: one order a run and kind. */
  id: z.string().max(100),
  kind: z.enum(["intake", "line", "release", "nightly", "review"]),
  repository: z.strictObject({
    id: z.int().positive(),
    name: RepositoryName,
    defaultBranch: BranchName,
    /** As it was when the order was made: what was meant for few is not published to all (threats EV-10). */
    visibility: z.enum(["public", "private"]).optional(),
  }),
  runId: z.int().nonnegative(),
  /** When control made it, ISO 8601. */
  at: z.iso.datetime(),
  base: ObjectId,
  config: Config,
  /** Harness files at the base commit that exist, by path: the workers read them from git objects. */
  harness: z.array(z.string().max(300)).max(50),
  actor: AuthorizedActor,
  issue: IssueText.optional(),
  attempt: z.int().positive().optional(),
  contract: Contract.optional(),
  contractDigest: Digest.optional(),
  prior: z.array(PriorAttempt).max(10),
  /** Digests of dependency changes that a person approved on this issue, for the contract that is in force. */
  approvedDependencies: z.array(Digest).max(20).optional(),
  budget: Budget,
  /** For a release: the merge to look for. */
  release: z
    .strictObject({
      /** Absent for a commit that nobody merged by a pull request of the factory. */
      pullRequest: z.int().positive().optional(),
      mergeSha: ObjectId,
      tree: ObjectId,
      changedPaths: z.array(z.string()).max(300),
    })
    .optional(),
  /** For a review: the pull request of a person, and the commit to look at. */
  pullRequest: z.strictObject({ number: z.int().positive(), head: ObjectId }).optional(),
  /** For an audit: figures that only the API knows, each recountable by its ids. */
  audit: z
    .strictObject({
      openDefects: z
        .array(
          z.strictObject({
            number: z.int().positive(),
            title: z.string().max(300),
            labels: z.array(z.string()),
          }),
        )
        .max(1_000),
    })
    .optional(),
});
export type Order = z.infer<typeof Order>;

export function digestOfOrder(order: Order): Digest {
  return digestOfValue(order);
}

/** The digest of what a person wrote; an approval and every later stage bind to it. */
export function digestOfIssue(issue: { readonly title: string; readonly body: string }): Digest {
  return digestOfValue({ title: issue.title, body: issue.body });
}
