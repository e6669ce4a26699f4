import { CHECK_NAMES } from "../config/check.ts";
import type { Refusal, RefusalCode } from "../refusal.ts";
import type { Mistake, MistakeCause } from "./mistake.ts";

/** No mistake: a state of the line, a person's wish, or a wait. */
const NONE = null;

/** The cause for each code. Total, so that a new code has to be classified. */
const CAUSES = {
  "actor-not-permitted": NONE,
  "alerts-unread": "set-up",
  "andon-raised": NONE,
  "approval-stale": NONE,
  "artifact-invalid": "worker-failed",
  "attempts-exhausted": "ran-dry",
  "base-moved": "base-conflict",
  "budget-exhausted": "ran-dry",
  "change-set-invalid": "change-invalid",
  "changes-requested": "person-asked",
  "check-failed": "check-red",
  "checks-red": "own-check-red",
  "claim-lost": NONE,
  "claim-taken": NONE,
  "config-invalid": "set-up",
  "contract-changed": "contract-edited",
  "contract-invalid": "contract-edited",
  "criterion-unproven": "criterion-unproven",
  "day-spent": NONE,
  "dependencies-refused": "dependencies",
  "dependencies-unapproved": "dependencies",
  "dependencies-unfetched": "dependencies",
  "deploy-not-seen": "platform",
  "effect-refused": "platform",
  "effect-unanswered": "platform",
  "event-not-understood": NONE,
  "evidence-missing": "worker-failed",
  "gave-up": "ran-dry",
  "illegal-transition": NONE,
  "issue-changed": "contract-edited",
  "issue-duplicate": NONE,
  "ledger-invalid": "set-up",
  "limit-exceeded": "too-large",
  "lines-unnoticed": "tests-prove-nothing",
  "lines-untried": "worker-failed",
  "loop-invalid": "set-up",
  "loop-stopped": NONE,
  "judgement-untied": NONE,
  "merge-refused": "platform",
  "model-failed": "model-failed",
  "nothing-produced": "nothing-produced",
  "order-invalid": "worker-failed",
  "path-not-allowed": "out-of-bounds",
  "path-protected": "out-of-bounds",
  "permission-missing": "set-up",
  "probe-failed": "broke-production",
  "probe-unreachable": "platform",
  "proposal-invalid": "worker-failed",
  "pull-request-closed": NONE,
  "pull-request-open": NONE,
  "pull-request-taken": NONE,
  "revert-conflicts": "base-conflict",
  "revert-forbidden": NONE,
  "review-escalated": "review-finding",
  "review-rework": "review-finding",
  "risk-unapproved": NONE,
  "sandbox-missing": "set-up",
  "secret-found": "secret-in-change",
  "secret-leaked": "secret-in-change",
  "secret-missing": "set-up",
  "state-unknown": "unknown",
  "stopped-by-person": NONE,
  "tests-not-failing-on-base": "tests-prove-nothing",
  "tests-not-ready": "tests-prove-nothing",
  "tests-touched": "out-of-bounds",
  "tree-mismatch": "worker-failed",
  "trust-too-low": NONE,
  "turn-later": NONE,
  "worker-failed": "worker-failed",
  "workflow-exposed": "set-up",
} as const satisfies Record<RefusalCode, MistakeCause | null>;

/** Undefined if the code is no mistake. */
export function causeOfCode(code: RefusalCode): MistakeCause | undefined {
  return CAUSES[code] ?? undefined;
}

const CHECKS: ReadonlySet<string> = new Set(CHECK_NAMES);
/** Codes whose subject is always a path. */
const NAMES_A_PATH: readonly RefusalCode[] = ["path-not-allowed", "path-protected"];

/** The mistake that a refusal shows by itself; undefined if none. */
export function mistakeOfRefusal({ code, subject }: Refusal): Mistake | undefined {
  const cause = causeOfCode(code);
  if (cause === undefined) return undefined;
  if (code === "check-failed" && CHECKS.has(subject)) {
    return { cause, place: { kind: "check", name: subject } };
  }
  if (NAMES_A_PATH.includes(code)) return { cause, place: { kind: "path", name: subject } };
  return { cause };
}
