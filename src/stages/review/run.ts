import { repositoryTools } from "../../agent/repository-tools.ts";
import { reviewerTask } from "../../agent/tasks.ts";
import type { Contract } from "../../domain/contract.ts";
import { type Evidence, isEvidenceFor, type Subject } from "../../domain/evidence.ts";
import { digestOfOrder, type Order } from "../../domain/order.ts";
import type {
  FailedProposal,
  ImplementProposal,
  ReviewProposal,
  VerifyProposal,
} from "../../domain/proposal.ts";
import { protectedPathsOf } from "../../domain/protection.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { assessRisk } from "../../domain/risk.ts";
import type { Verdict } from "../../domain/verdict.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import { type Asker, createAsker } from "../ask.ts";
import { orderInvalid, proposalHead, runWorker } from "../proposal.ts";
import { readDiff } from "./diff-lines.ts";
import { decideVerdict, escalateUnread, type ReviewedChange } from "./verdict.ts";

export interface ReviewPorts {
  readonly model: Model;
  readonly repository: Repository;
  readonly clock: Clock;
}

/** What the earlier workers of the run returned; `implement` gives the bytes, never an opinion. */
export interface ReviewInput {
  readonly implement: ImplementProposal;
  readonly verify: VerifyProposal;
}

/** Bytes of diff that a reviewer is shown; a longer one is not reviewed at all (threats QA-07). About 45,000 tokens. */
export const MAXIMUM_DIFF_BYTES = 160_000;

/**
 * Reads contract, diff and evidence and returns a verdict about exactly the verified bytes: the tree is computed again
 * from the change set, and a difference is `tree-mismatch`. The author's own words are never shown to the reviewer.
 */
export function runReview(
  order: Order,
  input: ReviewInput,
  ports: ReviewPorts,
): Promise<ReviewProposal | FailedProposal> {
  return runWorker<ReviewProposal>(order, { of: "review", clock: ports.clock }, async (meter) => {
    const { contract } = order;
    if (contract === undefined) {
      return { refusal: orderInvalid("contract", "a line order with the approved contract") };
    }
    const refusal = await refuseInput(order, input, ports.repository);
    if (refusal !== undefined) return { refusal };
    const asker = createAsker(order, { ...ports, meter });
    const judged = await judge(order, { contract, input, repository: ports.repository, asker });
    if ("refusal" in judged) return judged;
    return { ...proposalHead(order, meter.spent()), worker: "review", verdict: judged.verdict };
  });
}

async function judge(
  order: Order,
  means: {
    readonly contract: Contract;
    readonly input: ReviewInput;
    readonly repository: Repository;
    readonly asker: Asker;
  },
): Promise<{ readonly verdict: Verdict } | { readonly refusal: Refusal }> {
  const { contract, repository, asker } = means;
  const { implement, verify } = means.input;
  const { subject } = verify;
  const from = await repository.treeOf(subject.base);
  const diff = await repository.diff(from, subject.tree, MAXIMUM_DIFF_BYTES);
  const { changedLines } = diff;
  const protectedPaths = protectedPathsOf(order.config);
  const { risk } = assessRisk(implement.changeSet, { changedLines, protectedPaths });
  const change: ReviewedChange = { subject, contract, diff: readDiff(diff.text), risk };
  if (diff.truncated) {
    const maximumBytes = MAXIMUM_DIFF_BYTES;
    return { verdict: escalateUnread(change, { changedLines, maximumBytes }) };
  }
  const evidence = evidenceFor(verify.evidence, subject);
  // The verified tree, not the base: findings name its lines.
  const tools = repositoryTools(repository, subject.tree);
  const { beforeTurn } = asker;
  const said = await asker.ask(
    reviewerTask({ order, tools, beforeTurn, contract, diff, evidence, risk }),
  );
  return "refusal" in said ? said : { verdict: decideVerdict(said.answer, change) };
}

function evidenceFor(evidence: readonly Evidence[], subject: Subject): readonly Evidence[] {
  return evidence.filter((piece) => isEvidenceFor([piece], subject));
}

/** Whether the earlier proposals answer this order and speak of one and the same tree. */
async function refuseInput(
  order: Order,
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
