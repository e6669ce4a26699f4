import type { CriterionKind } from "../contract.ts";
import type { CriterionProof, Evidence } from "../evidence.ts";
import type { Judgement, Verdict } from "../verdict.ts";

/**
 * How a criterion stands when machine and reviewer have spoken. `proven`: both say yes. `judged`: it is nothing that a
 * machine could prove, and the reviewer says yes. `unquoted`: proven and yes, but no line that asserts it was shown.
 */
export type Standing = "proven" | "judged" | "unproven" | "unreviewed" | "denied" | "unquoted";

/** What is known of one criterion; a reviewer who was not asked yet is no reviewer who said nothing. */
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

/** Where a test asserts it, the asserting lines can be shown; of what is gone there are none. */
function needsQuotes(kind: CriterionKind): boolean {
  return kind === "changes" || kind === "keeps";
}

/** What verify and review said of one criterion. Several proofs of one criterion are the worst of them. */
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
