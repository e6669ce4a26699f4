import type { Refusal } from "../domain/refusal.ts";
import type { GateLine } from "../report/gate-checklist.ts";
import { sayRefusal } from "../report/refusal-text.ts";
import { CHANGE_RULES } from "./gate-change.ts";
import { EVIDENCE_RULES } from "./gate-evidence.ts";
import { REVIEW_RULES } from "./gate-review.ts";
import type { Gate, GateRule } from "./gate-rule.ts";

/** The gate as a table: all rules must hold, in the order in which a person would ask. Each is proven alone by a test. */
export const GATE: readonly GateRule[] = [...CHANGE_RULES, ...EVIDENCE_RULES, ...REVIEW_RULES];

export function weigh(gate: Gate): {
  readonly refusals: readonly Refusal[];
  readonly lines: readonly GateLine[];
} {
  const verdicts = GATE.map((rule) => ({ rule, refusal: rule.check(gate) }));
  return {
    refusals: verdicts.flatMap(({ refusal }) => refusal ?? []),
    lines: verdicts.map(({ rule, refusal }) => ({
      name: rule.name,
      ok: refusal === undefined,
      sentence: refusal === undefined ? rule.holds : sayRefusal(refusal),
    })),
  };
}
