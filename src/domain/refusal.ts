import { z } from "zod";
import { Hint } from "./hint.ts";

/**
 * Every reason for which the factory stops. The vocabulary is closed, so that refusals can be counted. The wording is in
 * `wording/refusals.ts`.
 */
export const REFUSAL_CODES = [
  "actor-not-permitted",
  "alerts-unread",
  "andon-raised",
  "approval-stale",
  "artifact-invalid",
  "attempts-exhausted",
  "base-moved",
  "budget-exhausted",
  "change-set-invalid",
  "changes-requested",
  "check-failed",
  "checks-red",
  "claim-lost",
  "claim-taken",
  "config-invalid",
  "contract-changed",
  "contract-invalid",
  "criterion-unproven",
  "day-spent",
  "dependencies-refused",
  "dependencies-unapproved",
  "dependencies-unfetched",
  "deploy-not-seen",
  "effect-refused",
  "effect-unanswered",
  "event-not-understood",
  "evidence-missing",
  "gave-up",
  "illegal-transition",
  "issue-changed",
  "issue-duplicate",
  "judgement-untied",
  "ledger-invalid",
  "limit-exceeded",
  "lines-unnoticed",
  "lines-untried",
  "loop-invalid",
  "loop-stopped",
  "merge-refused",
  "model-failed",
  "nothing-produced",
  "order-invalid",
  "path-not-allowed",
  "path-protected",
  "permission-missing",
  "probe-failed",
  "probe-unreachable",
  "proposal-invalid",
  "pull-request-closed",
  "pull-request-open",
  "pull-request-taken",
  "revert-conflicts",
  "revert-forbidden",
  "review-escalated",
  "review-rework",
  "risk-unapproved",
  "sandbox-missing",
  "secret-found",
  "secret-leaked",
  "secret-missing",
  "state-unknown",
  "stopped-by-person",
  "tests-not-failing-on-base",
  "tests-not-ready",
  "tests-touched",
  "tree-mismatch",
  "trust-too-low",
  "turn-later",
  "worker-failed",
  "workflow-exposed",
] as const;
export const RefusalCode = z.enum(REFUSAL_CODES);
export type RefusalCode = z.infer<typeof RefusalCode>;

/**
 * A refusal as data. `subject` names what was refused (a path, a check, a login), `found` the actual value, `accepted`
 * an acceptable one, and `hint` a person's next step if the code alone does not tell it. No field takes a sentence of
 * advice.
 */
export const Refusal = z.strictObject({
  code: RefusalCode,
  subject: z.string().max(300),
  found: z.string().max(2_000).optional(),
  accepted: z.string().max(500).optional(),
  hint: Hint.optional(),
});
export type Refusal = z.infer<typeof Refusal>;

/**
 * Refusals after which a stage produced nothing or could not work, rather than deciding against something. Their run
 * ends red: users of such tools complain most about green runs that did nothing.
 */
const FAILURES: ReadonlySet<RefusalCode> = new Set([
  "artifact-invalid",
  "config-invalid",
  "effect-refused",
  "effect-unanswered",
  "loop-invalid",
  "model-failed",
  "nothing-produced",
  "order-invalid",
  "proposal-invalid",
  "sandbox-missing",
  "secret-leaked",
  "secret-missing",
  "state-unknown",
  "tree-mismatch",
  "worker-failed",
] satisfies RefusalCode[]);

export function isFailure(refusal: Refusal): boolean {
  return FAILURES.has(refusal.code);
}

/** Refusals after which nothing may move until a person has looked: they raise the andon. */
export function isAlarm({ code }: Refusal): boolean {
  return code === "secret-leaked";
}
