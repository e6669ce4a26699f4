import type { EffectOf } from "../../../domain/github/effect.ts";
import { type ReceiptOf, receiptOf } from "../../../domain/github/receipt.ts";
import { branchOf } from "../../../domain/lease.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { highestAttempt, highestBranch, unrecordedClaims } from "../../observed/ledger/ledger.ts";

export interface Claiming {
  readonly attempt: number;
  readonly effect: EffectOf<"claim-branch">;
  readonly receipt: ReceiptOf<"claim-branch"> | undefined;
  /** Branches of claims that no ledger records. */
  readonly lost: readonly string[];
}

/** One lost answer is an accident. More in one job mean that GitHub has trouble, and the next ring continues. */
const MOST_CLAIMS = 3;

/** The claim that this job makes: the next number, or the one after it if the answer about the next was lost. */
export function claimNext(view: OnIssue): Claiming {
  const { issue, branches, ledger } = view;
  const known = Math.max(highestBranch(branches, issue.number), highestAttempt(ledger.entries));
  const lost = (unrecordedClaims(view) ?? []).map(({ name }) => name);
  for (let attempt = known + 1; ; attempt += 1) {
    const effect = claimEffect(view, attempt);
    const receipt = receiptOf(view.receipts, effect);
    const isUnsure = receipt?.outcome === "already" && receipt.unsure === true;
    if (!isUnsure || attempt === known + MOST_CLAIMS) return { attempt, effect, receipt, lost };
    lost.push(effect.branch);
  }
}

function claimEffect(view: OnIssue, attempt: number): EffectOf<"claim-branch"> {
  const branch = branchOf({ issue: view.issue.number, attempt });
  const sha = view.snapshot.repository.head;
  return { kind: "claim-branch", key: `claim/${branch}/${sha}`, branch, sha };
}
