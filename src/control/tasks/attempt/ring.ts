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

/** The command by which a person starts an attempt. A doorbell is no command. */
export interface Ring {
  /** Approval of a contract, by the word of its version. */
  readonly contract: { readonly version?: string } | undefined;
  /** Approval of a risk, by its word, when the issue no longer waits for a contract. */
  readonly risk: { readonly version?: string } | undefined;
  /** Approval of the dependency files with this digest. */
  readonly digest: Digest | undefined;
  /** A line that addresses the factory without a known command. */
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
  // A ledger that is not trusted is reported before anything else.
  if (view.ledger.refusal !== undefined) return undefined;
  const refusal = refuseWords(view, ring) ?? refuseEarlyOrLate(view, ring);
  if (refusal === undefined) return undefined;
  // A late doorbell asks for nothing any more. A person gets an answer.
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
 * Refuses to rebuild a merged change. The router records a merge before a ring gets here. The next round of a run is not
 * routed, and a person may have merged before it; then the run that hears of the merge records it.
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
