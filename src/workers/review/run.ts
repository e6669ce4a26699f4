import { allowanceOf } from "../../domain/budget.ts";
import { type Evidence, isEvidenceFor, type Subject } from "../../domain/evidence.ts";
import { digestOfOrder, type LineOrder } from "../../domain/order.ts";
import type {
  FailedProposal,
  ImplementProposal,
  ReviewProposal,
  VerifyProposal,
} from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import { createAsker } from "../shared/ask.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { judgeChange } from "./judge.ts";

export interface ReviewPorts {
  readonly model: Model;
  readonly repository: Repository;
  readonly clock: Clock;
}

/** Results of the run's earlier workers; `implement` gives the bytes, never an opinion. */
export interface ReviewInput {
  readonly implement: ImplementProposal;
  readonly verify: VerifyProposal;
}

/**
 * Reads contract, diff and evidence and returns a verdict about exactly the verified bytes. The tree is computed again
 * from the change set, and a difference is `tree-mismatch`. The reviewer never sees the author's own words.
 */
export function runReview(
  order: LineOrder,
  input: ReviewInput,
  ports: ReviewPorts,
): Promise<ReviewProposal | FailedProposal> {
  return runWorker<ReviewProposal>(order, { of: "review", clock: ports.clock }, async (meter) => {
    const refusal = await refuseInput(order, input, ports.repository);
    if (refusal !== undefined) return { refusal };
    const spentBeforeUsd = input.implement.usage.usd;
    const allowance = allowanceOf(order, { name: "review", spentBeforeUsd });
    const asker = createAsker(allowance, { ...ports, meter });
    const { subject } = input.verify;
    const judged = await judgeChange(order, {
      subject,
      files: input.implement.changeSet.files,
      evidence: evidenceFor(input.verify.evidence, subject),
      repository: ports.repository,
      asker,
    });
    if ("refusal" in judged) return judged;
    return { ...proposalHead(order, meter.spent()), worker: "review", verdict: judged.verdict };
  });
}

function evidenceFor(evidence: readonly Evidence[], subject: Subject): readonly Evidence[] {
  return evidence.filter((piece) => isEvidenceFor([piece], subject));
}

/** Whether the earlier proposals answer this order and are about the same tree. */
async function refuseInput(
  order: LineOrder,
  { implement, verify }: ReviewInput,
  repository: Repository,
): Promise<Refusal | undefined> {
  const digest = digestOfOrder(order);
  const stranger = [implement, verify].find((proposal) => proposal.order !== digest);
  if (stranger !== undefined) {
    return {
      code: "proposal-invalid",
      subject: stranger.worker,
      found: `answers the order ${stranger.order}`,
      accepted: digest,
    };
  }
  const { changeSet } = implement;
  if (changeSet.base !== order.base || verify.subject.base !== order.base) {
    const found = `change on ${changeSet.base}, evidence on ${verify.subject.base}`;
    return { code: "tree-mismatch", subject: "base", found, accepted: order.base };
  }
  const tree = await repository.treeWith(changeSet);
  if (tree !== verify.subject.tree) {
    const found = `the change makes ${tree}`;
    return { code: "tree-mismatch", subject: "tree", found, accepted: verify.subject.tree };
  }
  if (evidenceFor(verify.evidence, verify.subject).length > 0) return undefined;
  return {
    code: "evidence-missing",
    subject: "verify",
    found: `${verify.evidence.length} pieces, none about ${tree}`,
    accepted: "at least one check of exactly these bytes",
  };
}
