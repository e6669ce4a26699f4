import { mayCommand } from "../../domain/actor.ts";
import { approvesVersion } from "../../domain/command.ts";
import type { Config } from "../../domain/config/schema.ts";
import type { Contract } from "../../domain/contract.ts";
import type { CommentState } from "../../domain/github/snapshot.ts";
import { isApprovedByPerson } from "../../domain/ledger.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { RiskAssessment } from "../../domain/trust/assess-risk.ts";
import { predictRisk } from "../../domain/trust/predicted-risk.ts";
import { readCommand } from "../observed/command.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { approvalOf, type EntryOf } from "../observed/ledger/ledger.ts";

export function needsApproval({ approve }: Config, predicted: RiskAssessment): boolean {
  return approve === "always" || (approve === "when-risky" && predicted.risk !== "low");
}

/**
 * Checks the approval in the ledger against GitHub's records: the comment that gave it, as it is now, and its author's
 * permission now. Checked at every use, so that an edited or deleted approval, or one whose author lost the right, does
 * not count (threats EV-02, EV-07, OUT-07).
 */
export function refuseApproval(
  view: OnIssue,
  bound: {
    readonly contract: Contract;
    readonly contractComment: CommentState;
    readonly proposed: Pick<EntryOf<"proposed">, "event">;
  },
): Refusal | undefined {
  const approved = approvalOf(view.ledger.entries);
  if (approved === undefined) return stale("this contract", "no approval");
  if (!isApprovedByPerson(approved.event)) {
    return refuseConfigsApproval(view, bound.contract, approved);
  }
  const subject = `comment ${approved.event.comment}`;
  const comment = view.comments.find(({ id }) => id === approved.event.comment);
  if (comment === undefined) return stale(subject, "the approving comment is gone");
  const { author, createdAt, updatedAt, body } = comment;
  const facts: readonly (readonly [boolean, string])[] = [
    [author.id === approved.event.by, `it is of ${author.login}, who did not approve`],
    [mayCommand(author), `${author.login} is ${author.type} with ${author.permission} now`],
    // GitHub reports whole seconds. Within the second of the comment's creation, its words themselves have to match.
    [createdAt === updatedAt, "it was edited after it approved"],
    [approves(body, bound.proposed), "it says no approval of this version"],
    [bound.contractComment.updatedAt <= createdAt, "the contract was written again after it"],
  ];
  const broken = facts.find(([holds]) => !holds);
  return broken === undefined ? undefined : stale(subject, broken[1]);
}

function approves(body: string, { event }: Pick<EntryOf<"proposed">, "event">): boolean {
  const command = readCommand(body);
  return command?.name === "approve" && approvesVersion(command, event);
}

/** If no person was asked, the authority is the config that a person merged, which must still ask for none. */
function refuseConfigsApproval(
  view: OnIssue,
  contract: Contract,
  { event }: EntryOf<"approved">,
): Refusal | undefined {
  const config = view.input.order?.config ?? view.config;
  const predicted = predictRisk(contract, { base: view.snapshot.repository.head, config });
  if (event.by === view.input.identity.id && !needsApproval(config, predicted)) return undefined;
  return stale("this contract", "no person approved it, and the config asks for one");
}

function stale(subject: string, found: string): Refusal {
  return {
    code: "approval-stale",
    subject,
    found: found.slice(0, 500),
    hint: "make-an-approvable-contract",
  };
}
