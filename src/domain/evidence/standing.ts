import type { CriterionKind } from "../contract.ts";
import type { CriterionProof, Evidence } from "../evidence.ts";
import type { Judgement, Verdict } from "../verdict.ts";

/**
 * Standing of a criterion after machine and reviewer. `proven`: both say yes. `judged`: no machine could prove it, and
 * the reviewer says yes. `unquoted`: proven and yes, but without a line that asserts it.
 */
export type Standing = "proven" | "judged" | "unproven" | "unreviewed" | "denied" | "unquoted";

/** Facts about one criterion. A reviewer who was not asked yet differs from one who said nothing. */
export interface Known {
  readonly kind: CriterionKind;
  readonly proof: CriterionProof | undefined;
  readonly judgement: Judgement | undefined;
}

export function standingOf({ kind, proof, judgement }: Known): Standing {
  if (proof === undefined || proof.status === "unproven") return "unproven";
  if (judgement === undefined) return "unreviewed";
  if (judgement.answer !== "yes") return "denied";
  if (kind === "judgement" || proof.status === "for-review") return "judged";
  return needsQuotes(kind) && judgement.quotes.length === 0 ? "unquoted" : "proven";
}

/** If a test asserts it, the asserting lines can be shown; for a removal there are none. */
function needsQuotes(kind: CriterionKind): boolean {
  return kind === "changes" || kind === "keeps";
}

/** Results of verify and review for one criterion. Several proofs of one criterion count as the worst of them. */
export function knownOf(
  { id, kind }: { readonly id: string; readonly kind: CriterionKind },
  evidence: readonly Evidence[],
  verdict: Pick<Verdict, "criteria"> | undefined,
): Known {
  const proofs = evidence.filter(
    (piece): piece is CriterionProof => piece.kind === "criterion" && piece.criterion === id,
  );
  const judged = (verdict?.criteria ?? []).filter((judgement) => judgement.id === id);
  return {
    kind,
    proof: proofs.find(({ status }) => status === "unproven") ?? proofs[0],
    judgement: judged.find(({ answer }) => answer !== "yes") ?? judged[0],
  };
}
