import { isMendable } from "../../domain/evidence/proof.ts";
import { knownOf, type Standing, standingOf } from "../../domain/evidence/standing.ts";
import type { CriterionProof } from "../../domain/evidence.ts";
import { sayReasons } from "../../wording/criteria/reasons.ts";
import type { Gate } from "./rule.ts";

export interface OpenCriterion {
  readonly id: string;
  readonly proof: CriterionProof | undefined;
}

/** Criteria without proof. The reviewer judges those that verify leaves open, by a rule of its own. */
export function openCriteria(gate: Gate): readonly OpenCriterion[] {
  return criteriaThat(gate, "unproven");
}

/** Criteria that are claimed as proven without a line that shows it. */
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
 * Criteria that another attempt should prove: once, if the tester can see them and that could help. Other open criteria
 * go to the person who merges.
 */
export function goBack(gate: Gate): readonly OpenCriterion[] {
  const { order, implement } = gate;
  if (implement.namings === undefined || wasSentBack(gate)) return [];
  if (order.attempt >= order.config.limits.attempts) return [];
  return openCriteria(gate).filter(({ proof }) => isMendable(proof?.reasons ?? []));
}

/** Whether an earlier attempt was told what is missing. Control itself writes the code first. */
function wasSentBack({ order }: Gate): boolean {
  return order.prior.some(({ findings }) =>
    findings.some((finding) => finding.startsWith("criterion-unproven:")),
  );
}

/** `AC2: no test names it`. */
export function sayOpen({ id, proof }: OpenCriterion): string {
  return `${id}: ${proof === undefined ? "nobody looked" : sayReasons(proof.reasons)}`;
}

/** Whether some criterion can, or may, be shown only by a test that changes its result. Old contracts do not say which way. */
export function asksForNewTest({ order }: Gate): boolean {
  return order.contract.acceptance.some(({ kind }) => kind === "changes" || kind === "test");
}
