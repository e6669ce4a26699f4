import type { Refusal } from "../../domain/refusal.ts";
import type { RuleOutcome } from "../../wording/checks/gate-sentences.ts";
import { CHANGE_RULES } from "./change-rules.ts";
import { EVIDENCE_RULES } from "./evidence-rules.ts";
import { REVIEW_RULES } from "./review-rules.ts";
import type { Gate, GateRule } from "./rule.ts";

/** The gate as a table: all rules must hold, in the order in which a person would ask. A test proves each rule alone. */
export const GATE: readonly GateRule[] = [...CHANGE_RULES, ...EVIDENCE_RULES, ...REVIEW_RULES];

export function weigh(gate: Gate): {
  readonly refusals: readonly Refusal[];
  readonly outcomes: readonly RuleOutcome[];
} {
  const outcomes = GATE.map((rule) => ({ rule: rule.name, refusal: rule.check(gate) }));
  return { refusals: outcomes.flatMap(({ refusal }) => refusal ?? []), outcomes };
}
