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

/** What a reviewer concluded about exactly one base and tree. It can only veto: an approval gives no authority. */
export const Verdict = z.strictObject({
  subject: Subject,
  decision: z.enum(["approve", "rework", "escalate"]),
  summary: z.string().max(1_000),
  findings: z.array(Finding).max(20),
  assumptions: z.array(z.string().max(400)).max(10),
  notVerified: z.array(z.string().max(400)).max(10),
  smallestRollback: z.string().max(400),
  criteria: z.array(
    z.strictObject({ id: z.string().max(20), met: z.boolean(), evidence: z.string().max(400) }),
  ),
  /** A model may only raise the computed risk. */
  risk: Risk,
});
export type Verdict = z.infer<typeof Verdict>;
