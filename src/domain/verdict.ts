import { z } from "zod";
import { Subject } from "./evidence.ts";
import { Risk } from "./trust/risk.ts";

export const Finding = z.strictObject({
  severity: z.enum(["blocker", "major", "minor"]),
  path: z.string().max(300),
  line: z.int().positive(),
  claim: z.string().min(1).max(600),
  howItFails: z.string().min(1).max(600),
  suggestion: z.string().max(600).optional(),
});
export type Finding = z.infer<typeof Finding>;

/** Lines of the reviewed tree that a reviewer quotes. Trusted code keeps only those that exist. */
export const Quote = z.strictObject({
  path: z.string().min(1).max(300),
  line: z.int().positive(),
  text: z.string().min(1).max(2_000),
});
export type Quote = z.infer<typeof Quote>;

/** `yes`: the named tests assert what the criterion says. Only `yes` with a machine's proof is met. */
export const Word = z.enum(["yes", "partly", "no"]);
export type Word = z.infer<typeof Word>;

/** A reviewer's judgement on one criterion. */
export const Judgement = z.strictObject({
  id: z.string().max(20),
  answer: Word,
  evidence: z.string().max(400),
  /** The asserting lines that were found in the tree as quoted. */
  quotes: z.array(Quote).max(10),
  /** Number of quotes that are not in the tree. */
  misquoted: z.int().nonnegative(),
});
export type Judgement = z.infer<typeof Judgement>;

/** A reviewer's conclusion about exactly one base and tree. It can only veto: an approval gives no authority. */
export const Verdict = z.strictObject({
  subject: Subject,
  decision: z.enum(["approve", "rework", "escalate"]),
  summary: z.string().max(1_000),
  findings: z.array(Finding).max(20),
  assumptions: z.array(z.string().max(400)).max(10),
  notVerified: z.array(z.string().max(400)).max(10),
  smallestRollback: z.string().max(400),
  criteria: z.array(Judgement),
  /** A model may only raise the computed risk. */
  risk: Risk,
});
export type Verdict = z.infer<typeof Verdict>;
