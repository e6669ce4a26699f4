import type { Refusal } from "../../domain/refusal.ts";
import type { GateLine } from "../../wording/checks/gate-checklist.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { CHANGE_RULES } from "./change-rules.ts";
import { EVIDENCE_RULES } from "./evidence-rules.ts";
import { REVIEW_RULES } from "./review-rules.ts";
import type { Gate, GateRule } from "./rule.ts";

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
