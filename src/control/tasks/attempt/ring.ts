import type { Digest } from "../../../domain/digest.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { readCommand } from "../../observed/command.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import type { Decision } from "../../observed/situation.ts";
import { answer, stayQuiet } from "../../outcome/conclude.ts";
import { refuseAtStage, refuseUnknown } from "../../vetoes/command-stage.ts";
import { refuseDependencyApproval } from "../../vetoes/dependency-approval.ts";
import { refuseActor, refuseEdited } from "../../vetoes/preconditions.ts";
import { refuseRiskApproval } from "../../vetoes/risk-approval.ts";
import { unrecordedMerge } from "../route/merge.ts";

/** The command by which a person starts an attempt. A doorbell is none of them. */
export interface Ring {
  /** The approval of a contract, with the word of its version. */
  readonly contract: { readonly version?: string } | undefined;
  /** The approval of a risk, by its word: where the issue waits for no contract any more. */
  readonly risk: { readonly version?: string } | undefined;
  /** Approves the dependency files of this digest. */
  readonly digest: Digest | undefined;
  /** The line that is addressed to the factory, and not a command it knows. */
  readonly unreadable: string | undefined;
}

export function readRing(view: View): Ring {
  const command = view.trigger?.kind === "commented" ? readCommand(view.trigger.body) : undefined;
  const approval = command?.name === "approve" ? command : undefined;
  const ofRisk = view.stage === "needs-human";
  return {
    contract: ofRisk ? undefined : approval,
    risk: ofRisk ? approval : undefined,
    digest: command?.name === "approve-lockfile" ? command.digest : undefined,
    unreadable: command?.name === "unknown" ? command.line : undefined,
  };
}

export function refuseRing(view: OnIssue, ring: Ring): Decision | undefined {
  const spoken = isSpoken(ring);
  const stranger = spoken ? refuseActor(view.actor) : undefined;
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  // What is to be said about a ledger that is not trusted is said before anything else.
  if (view.ledger.refusal !== undefined) return undefined;
  const refusal = refuseWords(view, ring) ?? refuseEarlyOrLate(view, ring);
  if (refusal === undefined) return undefined;
  // A doorbell that rings late asks for nothing any more; a person gets an answer.
  return spoken ? answer(view, refusal) : stayQuiet(view, [refusal]);
}

function isSpoken({ contract, risk, digest, unreadable }: Ring): boolean {
  return [contract, risk, digest, unreadable].some((said) => said !== undefined);
}

function refuseWords(view: View, ring: Ring): Refusal | undefined {
  const edited = isSpoken(ring) ? refuseEdited(view) : undefined;
  if (edited !== undefined || ring.unreadable === undefined) return edited;
  return refuseUnknown(ring.unreadable);
}

function refuseEarlyOrLate(view: OnIssue, ring: Ring): Refusal | undefined {
  const { stage } = view;
  if (ring.digest !== undefined) {
    const early = refuseAtStage("approve-lockfile", stage);
    return early ?? refuseDependencyApproval(view, ring.digest);
  }
  if (ring.risk !== undefined) return refuseRiskApproval(view, ring.risk.version);
  if (ring.contract !== undefined) return refuseAtStage("approve", stage);
  if (stage === "ready") return refuseMerged(view);
  return {
    code: "illegal-transition",
    subject: `${stage} → building`,
    accepted: "the stage ready",
  };
}

/**
 * What was merged is never built again. A ring is routed before it comes here, and there such a merge is written down; the next
 * round of a run comes as it is, and a person may have merged before it. Whoever hears of that merge, or rings, records it.
 */
function refuseMerged(view: OnIssue): Refusal | undefined {
  const merge = unrecordedMerge(view);
  if (merge === undefined) return undefined;
  return {
    code: "illegal-transition",
    subject: "ready → building",
    found: `pull request ${merge.pullRequest} was merged`,
    accepted: "an issue of which nothing waits to be recorded",
  };
}
