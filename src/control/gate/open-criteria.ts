import { isMendable } from "../../domain/evidence/proof.ts";
import { knownOf, type Standing, standingOf } from "../../domain/evidence/standing.ts";
import type { CriterionProof } from "../../domain/evidence.ts";
import { sayReasons } from "../../wording/criteria/reasons.ts";
import type { Gate } from "./rule.ts";

export interface OpenCriterion {
  readonly id: string;
  readonly proof: CriterionProof | undefined;
}

/** Criteria that nothing proves; what verify leaves to judgement is the reviewer's, whose word is a rule of its own. */
export function openCriteria(gate: Gate): readonly OpenCriterion[] {
  return criteriaThat(gate, "unproven");
}

/** Criteria that are proven and said to be so, without a line that shows it. */
export function unquotedCriteria(gate: Gate): readonly OpenCriterion[] {
  return criteriaThat(gate, "unquoted");
}

function criteriaThat({ order, verify, review }: Gate, wanted: Standing): readonly OpenCriterion[] {
  return order.contract.acceptance.flatMap((criterion) => {
    const known = knownOf(criterion, verify.evidence, review.verdict);
    return standingOf(known) === wanted ? [{ id: criterion.id, proof: known.proof }] : [];
  });
}

/**
 * What goes back to another attempt: once, where whoever writes the tests names them at all, and where that could mend it.
 * Everything else that is open is asked of the person who merges.
 */
export function goBack(gate: Gate): readonly OpenCriterion[] {
  const { order, implement } = gate;
  if (implement.namings === undefined || wasSentBack(gate)) return [];
  if (order.attempt >= order.config.limits.attempts) return [];
  return openCriteria(gate).filter(({ proof }) => isMendable(proof?.reasons ?? []));
}

/** Whether an earlier attempt was already told what is missing. Control itself writes the code first. */
function wasSentBack({ order }: Gate): boolean {
  return order.prior.some(({ findings }) =>
    findings.some((finding) => finding.startsWith("criterion-unproven:")),
  );
}

/** `AC2: no test names it`. */
export function sayOpen({ id, proof }: OpenCriterion): string {
  return `${id}: ${proof === undefined ? "nobody looked" : sayReasons(proof.reasons)}`;
}

/** Whether some criterion can only be shown by a test that turns, or may be: in an old contract nobody said which way. */
export function asksForNewTest({ order }: Gate): boolean {
  return order.contract.acceptance.some(({ kind }) => kind === "changes" || kind === "test");
}
