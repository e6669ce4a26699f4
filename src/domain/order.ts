import { z } from "zod";
import { AuthorizedActor } from "./actor.ts";
import { Budget } from "./budget.ts";
import { ChangeSet } from "./change-set.ts";
import { Config } from "./config/schema.ts";
import { Contract } from "./contract.ts";
import { Digest, digestOfValue, ObjectId } from "./digest.ts";
import { ON_OPEN_ONE } from "./github/on-open-one.ts";
import { Unblock } from "./github/unblock.ts";
import { PriorAttempt } from "./ledger/prior-attempt.ts";
import { LoopAsked } from "./loop/loop-asked.ts";
import { AuditAsked } from "./quality/audit-asked.ts";
import { ProbeId } from "./smoke.ts";
import { Risk } from "./trust/risk.ts";

/** The workers; each is one action of the same name. */
export const WORKERS = [
  "intake-normalize",
  "implement",
  "verify",
  "review",
  "post-merge-smoke",
  "quality-audit",
  "run-loop",
  "judge",
] as const;
export const Worker = z.enum(WORKERS);
export type Worker = z.infer<typeof Worker>;

/** A person's text as it was when the order was made. Data for a model, never instructions. */
export const IssueText = z.strictObject({
  number: z.int().positive(),
  title: z.string().max(1_000),
  body: z.string().max(65_536),
  author: AuthorizedActor,
  /** Answers and remarks of people with write access, oldest first. */
  remarks: z
    .array(z.strictObject({ author: AuthorizedActor, body: z.string().max(65_536) }))
    .max(50),
  digest: Digest,
});
export type IssueText = z.infer<typeof IssueText>;

/** `OWNER/NAME` as GitHub makes them: neither part is `.` or `..` or begins with a dash, so that each is also one path segment. */
export const RepositoryName = z
  .string()
  .max(140)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9._][A-Za-z0-9._-]{0,99}$/,
    "expected OWNER/NAME",
  );

/**
 * A short branch name that is safe in a checkout, an address and a log line. It has no blank, no control or hidden
 * character, and nothing that git reads as an option, a range or a pattern (threats GIT-17, EV-09).
 */
export const BranchName = z
  .string()
  .max(250)
  .regex(
    /^(?![-/]|refs\/|[0-9a-f]{40}$)(?!.*(?:\.\.|\/\/|@\{))(?!.*[./]$)[^\s\p{C}\p{Z}~^:?*[\\`"'$;&|<>(){}!#%]+$/u,
    "expected the name of a branch",
  );

/** Fields that every work order pins, whatever its kind. */
const common = {
  version: z.literal(1),
  /** `<repository id>/<run id>/<kind>`: one order per run and kind. */
  id: z.string().max(100),
  repository: z.strictObject({
    id: z.int().positive(),
    name: RepositoryName,
    defaultBranch: BranchName,
    /** When the order was made. Content of a private repository must not become public (threats EV-10). */
    visibility: z.enum(["public", "private"]).optional(),
  }),
  runId: z.int().nonnegative(),
  /** When control made it, ISO 8601. */
  at: z.iso.datetime(),
  base: ObjectId,
  config: Config,
  /** Existing harness files at the base commit, by path. Workers read them from git objects. */
  harness: z.array(z.string().max(300)).max(50),
  actor: AuthorizedActor,
  budget: Budget,
};

const prior = z.array(PriorAttempt).max(10);
const contract = { contract: Contract, contractDigest: Digest };

/** Turns an issue into a contract or into questions. */
export const IntakeOrder = z.strictObject({
  ...common,
  kind: z.literal("intake"),
  issue: IssueText,
  prior,
});
export type IntakeOrder = z.infer<typeof IntakeOrder>;

/** Builds, verifies and reviews one attempt at an approved contract. */
export const LineOrder = z.strictObject({
  ...common,
  kind: z.literal("line"),
  issue: IssueText,
  attempt: z.int().positive(),
  ...ON_OPEN_ONE,
  ...contract,
  prior,
  /** Digests of dependency changes that a person approved on this issue, for the valid contract. */
  approvedDependencies: z.array(Digest).max(20),
});
export type LineOrder = z.infer<typeof LineOrder>;

/** Checks a merge in production. */
export const ReleaseOrder = z.strictObject({
  ...common,
  kind: z.literal("release"),
  release: z.strictObject({
    /** Absent for a commit that no pull request of the factory brought. */
    pullRequest: z.int().positive().optional(),
    mergeSha: ObjectId,
    tree: ObjectId,
    changedPaths: z.array(z.string()).max(300),
    /** First parent of the merge, if control knows it. A probe has to have passed there before the merge is blamed. */
    parent: ObjectId.optional(),
    /** The recorded smoke test of that parent, if it was seen live, with the probes that passed. */
    before: z
      .strictObject({
        commit: ObjectId,
        passed: z.array(ProbeId).max(20),
        at: z.iso.datetime().optional(),
      })
      .optional(),
    /** For program probes, the commit on which the change was made: the programs come from its tree. Absent: they do not run. */
    programsFrom: ObjectId.optional(),
    /** A successful deployment of exactly this merge, by GitHub's report to control. A worker has no token to look. */
    deployed: z.strictObject({ environment: z.string().max(255), at: z.iso.datetime() }).optional(),
  }),
});
export type ReleaseOrder = z.infer<typeof ReleaseOrder>;

/** Measures the quality of the base. */
export const NightlyOrder = z.strictObject({
  ...common,
  kind: z.literal("nightly"),
  audit: AuditAsked,
});
export type NightlyOrder = z.infer<typeof NightlyOrder>;

/** Reviews a person's pull request: its own description is the issue, and its head is the commit to review. */
export const ReviewOrder = z.strictObject({
  ...common,
  kind: z.literal("review"),
  issue: IssueText,
  ...contract,
  pullRequest: z.strictObject({ number: z.int().positive(), head: ObjectId }),
});
export type ReviewOrder = z.infer<typeof ReviewOrder>;

/**
 * Reverts a merge that broke production. Control makes the change itself from git data, without a model, and verify
 * reads the same bytes that control publishes.
 */
export const RevertOrder = z.strictObject({
  ...common,
  kind: z.literal("revert"),
  revert: z.strictObject({
    issue: z.int().positive(),
    /** The attempt that was merged. */
    attempt: z.int().positive(),
    pullRequest: z.int().positive(),
    mergeSha: ObjectId,
    /** Risk of the merged change. */
    risk: Risk,
    changeSet: ChangeSet,
    /** Observations in production: the failed probes. */
    seen: z
      .array(z.strictObject({ subject: z.string().max(500), found: z.string().max(500) }))
      .max(20),
  }),
});
export type RevertOrder = z.infer<typeof RevertOrder>;

/** Mends what blocks a pull request from its merge. Its own description is the issue, and no contract applies. */
export const UnblockOrder = z.strictObject({
  ...common,
  kind: z.literal("unblock"),
  issue: IssueText,
  unblock: Unblock,
});
export type UnblockOrder = z.infer<typeof UnblockOrder>;

/** Runs one loop: gathers by code, and judges if the loop names a judge. */
export const LoopOrder = z.strictObject({ ...common, kind: z.literal("loop"), loop: LoopAsked });
export type LoopOrder = z.infer<typeof LoopOrder>;

/** The immutable work order. One order serves the whole run: every worker of the run reads the same bytes. */
export const Order = z.discriminatedUnion("kind", [
  IntakeOrder,
  LineOrder,
  ReleaseOrder,
  NightlyOrder,
  ReviewOrder,
  RevertOrder,
  UnblockOrder,
  LoopOrder,
]);
export type Order = z.infer<typeof Order>;

/** Kinds of order that each worker accepts. */
export const ORDERS_OF = {
  "intake-normalize": ["intake"],
  implement: ["line", "unblock"],
  verify: ["line", "nightly", "revert", "unblock"],
  review: ["line", "review"],
  "post-merge-smoke": ["release"],
  "quality-audit": ["nightly"],
  "run-loop": ["loop"],
  judge: ["loop"],
} as const satisfies Readonly<Record<Worker, readonly OrderKind[]>>;

export type OrderKind = Order["kind"];
export type OrderOf<Kind extends OrderKind> = Extract<Order, { kind: Kind }>;

export type OrderFor<Name extends Worker> = OrderOf<(typeof ORDERS_OF)[Name][number]>;

/** Narrows an order to the kinds that a worker accepts. */
export function isOrderOf<Kind extends OrderKind>(
  order: Order,
  kinds: readonly Kind[],
): order is OrderOf<Kind> {
  return kinds.some((kind) => kind === order.kind);
}

export function digestOfOrder(order: Order): Digest {
  return digestOfValue(order);
}

/** Digest of a person's text, to which an approval and every later stage are bound. */
export function digestOfIssue(issue: { readonly title: string; readonly body: string }): Digest {
  return digestOfValue({ title: issue.title, body: issue.body });
}
