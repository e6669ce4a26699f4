import { z } from "zod";
import { ChangeSet } from "./change-set.ts";
import { Contract } from "./contract.ts";
import { Digest, ObjectId } from "./digest.ts";
import { Namings } from "./evidence/naming.ts";
import { TestsWritten } from "./evidence/tests-written.ts";
import { CheckRun, Evidence, Subject } from "./evidence.ts";
import { TwoSides } from "./github/unblock.ts";
import { Gathered } from "./loop/gathered.ts";
import { Judgement } from "./loop/judgement.ts";
import { Worker } from "./order.ts";
import { QualityReport } from "./quality.ts";
import { Refusal } from "./refusal.ts";
import { SmokeResult } from "./smoke.ts";
import { Usage } from "./usage.ts";
import { Verdict } from "./verdict.ts";

/** Limits of `read`: lines, and UTF-16 units of one line. */
export const READ_LIMITS = { lines: 200, length: 300 } as const;

const common = {
  version: z.literal(1),
  /** Digest of the order that it answers. Control refuses a proposal to any other order. */
  order: Digest,
  usage: Usage,
  durationMs: z.number().nonnegative(),
  /** Paths and globs that the worker's models read, for a reader of the run; never evidence. */
  read: z.array(z.string().max(READ_LIMITS.length)).max(READ_LIMITS.lines).optional(),
};

const Text = z.string().max(2_000);

export const IntakeProposal = z.strictObject({
  ...common,
  worker: z.literal("intake-normalize"),
  result: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("contract"), contract: Contract }),
    z.strictObject({
      kind: z.literal("questions"),
      questions: z.array(z.string().max(500)).min(1).max(3),
    }),
  ]),
});
export type IntakeProposal = z.infer<typeof IntakeProposal>;

/**
 * Result of a configured check on the base bytes before work began: for the coder, so that it leaves older failures
 * alone, and for a reader. Never evidence, because verify runs the base again.
 */
export const BaselineCheck = z.strictObject({
  name: z.string().min(1).max(60),
  /** `not-known`: it did not run, or not to its end, because time was short. */
  status: z.enum(["passed", "failed", "timed-out", "not-known"]),
  /** `passed in 1.2 s`, `failed with exit code 1 after 3.0 s`, or why it is unknown. */
  said: z.string().max(300),
  /** Tests that failed there, if a report could be read; the first fifty by name. */
  failing: z.array(z.string().max(500)).max(50),
});
export type BaselineCheck = z.infer<typeof BaselineCheck>;

/** A new file that is not part of the change, with the rule that leaves it out. */
export const LeftOutFile = z.strictObject({
  path: z.string().max(300),
  rule: z.string().max(300),
  /** Probably made by a tool; shown if there is room. */
  isByProduct: z.boolean(),
});
export type LeftOutFile = z.infer<typeof LeftOutFile>;

export const ImplementProposal = z.strictObject({
  ...common,
  worker: z.literal("implement"),
  plan: z.strictObject({
    steps: z.array(z.string().max(500)).max(20),
    files: z.array(z.string().max(300)).max(50),
  }),
  changeSet: ChangeSet,
  summary: Text,
  assumptions: z.array(z.string().max(400)).max(10),
  /** Commands that the coder ran itself, for its own use; never evidence. */
  ran: z.array(z.string().max(300)).max(200),
  baseline: z.array(BaselineCheck).max(10).optional(),
  leftOut: z.array(LeftOutFile).max(50).optional(),
  /** The proof of each criterion, as the writer of the tests names it. Absent: it named none. */
  namings: Namings.optional(),
  /** Who wrote the tests, and the cost of each role; absent if the contract asks for no test. */
  tests: TestsWritten.optional(),
});
export type ImplementProposal = z.infer<typeof ImplementProposal>;

/** Commands that ran in the sandbox, and the wall clock in ms during which at least one ran. */
export const CommandTime = z.strictObject({
  count: z.int().nonnegative(),
  durationMs: z.number().nonnegative(),
});
export type CommandTime = z.infer<typeof CommandTime>;

export const VerifyProposal = z.strictObject({
  ...common,
  worker: z.literal("verify"),
  subject: Subject,
  evidence: z.array(Evidence).max(200),
  /** Added plus removed lines of the change, counted by git. */
  changedLines: z.int().nonnegative(),
  /** Share of the repository's own commands in `durationMs`. */
  commands: CommandTime,
  /** If the change has to keep two sides: the result for each. */
  twoSides: TwoSides.optional(),
});
export type VerifyProposal = z.infer<typeof VerifyProposal>;

export const ReviewProposal = z.strictObject({
  ...common,
  worker: z.literal("review"),
  verdict: Verdict,
});
export type ReviewProposal = z.infer<typeof ReviewProposal>;

export const SmokeProposal = z.strictObject({
  ...common,
  worker: z.literal("post-merge-smoke"),
  ...SmokeResult.shape,
});
export type SmokeProposal = z.infer<typeof SmokeProposal>;

export const AuditProposal = z.strictObject({
  ...common,
  worker: z.literal("quality-audit"),
  report: QualityReport,
  /** The wanted content of the committed file. */
  markdown: z.string().max(60_000),
  /** The tree of the base with that file, computed by git; the base's own tree if the file is already right. */
  tree: ObjectId,
  runs: z.array(CheckRun).max(20),
  /** Why the auditor wrote no remarks, if so. The figures are valid without them. */
  withoutNotes: Refusal.optional(),
});
export type AuditProposal = z.infer<typeof AuditProposal>;

/** One command that a loop ran, for a reader of the run. */
export const LoopRun = z.strictObject({
  /** `gather`, or the measure that it printed. */
  what: z.string().max(60),
  durationMs: z.number().nonnegative(),
});

export const LoopProposal = z.strictObject({
  ...common,
  worker: z.literal("run-loop"),
  /** The gatherer's document, with the measures that commands printed. */
  gathered: Gathered,
  ran: z.array(LoopRun).max(20),
});
export type LoopProposal = z.infer<typeof LoopProposal>;

export const JudgeProposal = z.strictObject({
  ...common,
  worker: z.literal("judge"),
  /** The model's answer. Control checks its references. */
  judgement: Judgement,
  /** Number of items that did not fit into its input. */
  unseen: z.int().nonnegative(),
});
export type JudgeProposal = z.infer<typeof JudgeProposal>;

/** A worker that could not finish says why. Its unfinished work is kept as a draft. */
export const FailedProposal = z.strictObject({
  ...common,
  worker: z.literal("failed"),
  of: Worker,
  refusal: Refusal,
  draft: ChangeSet.optional(),
});
export type FailedProposal = z.infer<typeof FailedProposal>;

/** A worker's result: one file, one JSON object. */
export const Proposal = z.discriminatedUnion("worker", [
  IntakeProposal,
  ImplementProposal,
  VerifyProposal,
  ReviewProposal,
  SmokeProposal,
  AuditProposal,
  LoopProposal,
  JudgeProposal,
  FailedProposal,
]);
export type Proposal = z.infer<typeof Proposal>;
export type ProposalOf<Name extends Proposal["worker"]> = Extract<Proposal, { worker: Name }>;

/** An unread proposal file, with the digest that its job announced. */
export interface Delivery {
  readonly worker: Worker;
  readonly bytes: Uint8Array;
  readonly digest: string;
  /** It contains a secret of this run, so nothing of it is read. Checked on arrival, where secrets are known. */
  readonly leak?: Refusal;
}

/** Limit of a proposal file that control reads, in bytes. */
export const PROPOSAL_BYTES = 12_000_000;
