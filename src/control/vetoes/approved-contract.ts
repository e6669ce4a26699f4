import { approvesVersion } from "../../domain/command.ts";
import { type Contract, digestOfContract } from "../../domain/contract.ts";
import type { CommentState } from "../../domain/github/snapshot.ts";
import { digestOfIssue } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { CONTRACT_MARKER, parseContractComment } from "../../wording/issue/contract-comment.ts";
import type { OnIssue, View } from "../observed/issue-view.ts";
import { type EntryOf, lastOf } from "../observed/ledger/ledger.ts";
import { ownComments } from "../observed/ledger/own-comments.ts";
import type { NewEntry } from "../outcome/ledger-entry.ts";
import { refuseApproval } from "./approval.ts";

/** The contract on the issue, and this ring's approval, if it brings one. */
export interface ApprovedContract {
  readonly contract: Contract;
  readonly contractDigest: string;
  readonly approval: readonly NewEntry[];
}

/**
 * The approved contract, if it is still exactly the same, for the same issue text. @param approval the command of the
 * comment that rings, if it approves
 */
export function readContract(
  view: OnIssue,
  approval?: { readonly version?: string },
): ApprovedContract | { readonly refusal: Refusal } {
  const standing = standingContract(view);
  if ("refusal" in standing) return standing;
  const { contract, contractDigest, comment, proposed } = standing;
  const asking = approval !== undefined && view.stage === "proposed";
  if (asking && !isOfThisVersion(view, { standing, approval })) {
    const hint = { code: "approve-this-version", contract: contractDigest } as const;
    return { refusal: { ...stale(standing), hint } };
  }
  if (digestOfIssue(view.issue) !== proposed.event.issue) {
    return { refusal: { code: "issue-changed", subject: `issue ${view.issue.number}` } };
  }
  if (asking) return { contract, contractDigest, approval: approvalEntry(view, proposed.event) };
  const refusal = refuseApproval(view, { contract, contractComment: comment, proposed });
  return refusal === undefined ? { contract, contractDigest, approval: [] } : { refusal };
}

/** The words name the version, and GitHub's times agree: the contract was there when the approval was written. */
function isOfThisVersion(
  view: OnIssue,
  {
    standing: { comment, proposed },
    approval,
  }: { readonly standing: Standing; readonly approval: { readonly version?: string } },
): boolean {
  const written = view.comment?.createdAt;
  if (written !== undefined && comment.updatedAt > written) return false;
  return approvesVersion(approval, proposed.event);
}

interface Standing {
  readonly contract: Contract;
  readonly contractDigest: string;
  readonly comment: CommentState;
  readonly proposed: EntryOf<"proposed">;
}

/** The contract that the ledger says was proposed last, as its comment is now. */
function standingContract(view: OnIssue): Standing | { readonly refusal: Refusal } {
  const proposed = lastOf(view.ledger.entries, "proposed");
  const comment = contractComment(view);
  if (proposed === undefined || comment === undefined) {
    return { refusal: changed("the contract", "it is gone") };
  }
  const parsed = parseContractComment(comment.body);
  if ("fault" in parsed) {
    const found = `line ${parsed.line}: ${parsed.fault}`.slice(0, 2_000);
    return { refusal: changed(`comment ${comment.id}`, found) };
  }
  const { contract } = parsed;
  const standing = { contract, contractDigest: digestOfContract(contract), comment, proposed };
  return standing.contractDigest === proposed.event.contract
    ? standing
    : { refusal: stale(standing) };
}

/** The comment of the contract that was proposed last: the one that the ledger names, or else the one with its digest. */
export function contractComment(view: OnIssue): CommentState | undefined {
  const proposed = lastOf(view.ledger.entries, "proposed")?.event;
  if (proposed === undefined) return undefined;
  const own = ownComments(view.comments, view.input.identity.id, CONTRACT_MARKER);
  if (proposed.comment > 0) return own.find(({ id }) => id === proposed.comment);
  return own.find(({ body }) => digestIn(body) === proposed.contract) ?? own.at(-1);
}

function digestIn(body: string): string | undefined {
  const parsed = parseContractComment(body);
  return "fault" in parsed ? undefined : digestOfContract(parsed.contract);
}

function stale({ contractDigest, comment }: Standing): Refusal {
  const found = `digest ${contractDigest}, last written ${comment.updatedAt}`;
  return {
    code: "approval-stale",
    subject: `comment ${comment.id}`,
    found,
    hint: "make-a-new-contract",
  };
}

function changed(subject: string, found: string): Refusal {
  return { code: "contract-changed", subject, found, hint: "make-a-new-contract" };
}

function approvalEntry(
  view: View,
  proposed: { readonly contract: string; readonly issue: string },
): readonly NewEntry[] {
  if (view.actor === undefined || view.comment === undefined) return [];
  const { contract, issue } = proposed;
  return [
    {
      stage: "ready",
      by: "person",
      event: { kind: "approved", by: view.actor.id, contract, issue, comment: view.comment.id },
    },
  ];
}
