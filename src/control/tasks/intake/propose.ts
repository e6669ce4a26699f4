import { CHECK_NAMES } from "../../../domain/config/check.ts";
import type { Config } from "../../../domain/config/schema.ts";
import { type Contract, digestOfContract } from "../../../domain/contract.ts";
import type { Digest } from "../../../domain/digest.ts";
import type { EffectOf } from "../../../domain/github/effect.ts";
import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import { digestOfIssue, type IntakeOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { predictRisk } from "../../../domain/trust/predicted-risk.ts";
import { linesOfContract } from "../../../wording/issue/ask-comment.ts";
import {
  ASK_APPROVAL,
  ASK_QUESTIONS,
  questionsMarker,
  renderQuestions,
} from "../../../wording/issue/asks.ts";
import { CONTRACT_MARKER, renderContractComment } from "../../../wording/issue/contract-comment.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { entriesOf, lastOf } from "../../observed/ledger/ledger.ts";
import { askedPeople } from "../../observed/people/asked.ts";
import { readProposal, type Spent, spentBy } from "../../observed/proposals.ts";
import { withheldOf } from "../../observed/receipts.ts";
import type { Decision } from "../../observed/situation.ts";
import { askEffect } from "../../outcome/ask.ts";
import { conclude, halt, stayQuiet } from "../../outcome/conclude.ts";
import { narrowed, scopeOfContract } from "../../outcome/contract-scope.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { readOrder } from "../../outcome/orders.ts";
import { waitForTurn } from "../../outcome/wait.ts";
import { needsApproval } from "../../vetoes/approval.ts";
import { contractComment as findContract } from "../../vetoes/approved-contract.ts";
import { consequencesOf } from "./consequences.ts";
import { examineSubmission, type Submission } from "./open.ts";
import { withoutContract } from "./without-contract.ts";

type Welcome = Extract<Submission, { kind: "welcome" }>;

/** Writes the result of intake on the issue: a contract to approve, questions, or the reason for neither. */
export function decidePropose(observed: View): Decision {
  const submission = examineSubmission(observed);
  if (submission.kind === "quiet") return stayQuiet(observed, [submission.refusal]);
  const { view } = submission;
  const pinned = readOrder(view, "intake");
  if ("refusal" in pinned) {
    return submission.kind === "refused"
      ? refuseSubmission(submission, {})
      : halt(view, { before: submitted(view, submission), refusals: [pinned.refusal] });
  }
  const { order } = pinned;
  const reading = readProposal(view, { worker: "intake-normalize", order });
  const spent = spentBy(view, { "intake-normalize": reading }, order);
  if (submission.kind === "refused") return refuseSubmission(submission, spent);
  const before = submitted(view, submission);
  if (reading.kind !== "proposal") {
    return halt(view, { before, refusals: [reading.refusal], ...spent });
  }
  const { result } = reading.proposal;
  if (result.kind === "questions") return askQuestions(view, { before, spent, ...result });
  const contract = narrowed(result.contract);
  const refusal = refuseChecks(contract, order.config);
  if (refusal !== undefined) return halt(view, { before, refusals: [refusal], ...spent });
  return proposeContract(view, { before, spent, contract, order });
}

/** The andon is outside the issue, which waits as `blocked`. For the day's budget, it waits at its stage. Everything else needs a person at the issue itself. */
function refuseSubmission(
  submission: Extract<Submission, { kind: "refused" }>,
  spent: Spent | Record<string, never>,
): Decision {
  const { view, refusal, actor, elsewhere, waits } = submission;
  if (elsewhere) return halt(view, { refusals: [refusal], stage: "same", ...spent });
  if (waits) {
    return waitForTurn(view, { refusal, before: submitted(view, { actor }) });
  }
  return halt(view, {
    before: submitted(view, { actor }),
    refusals: [refusal],
    ...(refusal.code === "andon-raised" ? { stage: "blocked" } : {}),
    ...spent,
  });
}

/**
 * The first entry of an issue, and of each new labeling. The same person's submission is entered once more if its block
 * is gone. Any other ring that continues adds nothing.
 */
function submitted(view: OnIssue, { actor }: Pick<Welcome, "actor">): readonly NewEntry[] {
  const { trigger, ledger, issue, stage } = view;
  const anew = trigger?.kind === "labeled" || ledger.entries.length === 0;
  if (ledger.refusal !== undefined || !(anew || stage === "blocked")) return [];
  const before = anew ? undefined : lastOf(ledger.entries, "submitted")?.event;
  const { by = actor.id, loop } = before ?? {};
  return [
    {
      stage: "queued",
      ...(anew ? { by: "person" } : {}),
      event: {
        kind: "submitted",
        by,
        issue: digestOfIssue(issue),
        ...(loop === undefined ? {} : { loop }),
      },
    },
  ];
}

function askQuestions(
  view: OnIssue,
  asked: {
    readonly before: readonly NewEntry[];
    readonly spent: Spent;
    readonly questions: readonly string[];
  },
): Decision {
  const { before, spent, questions } = asked;
  const round = entriesOf(view.ledger.entries, "asked").length + 1;
  const issue = view.issue.number;
  const comment: EffectOf<"write-comment"> = {
    kind: "write-comment",
    key: `questions/${issue}/${round}`,
    issue,
    marker: questionsMarker(round),
    body: renderQuestions(round, questions, askedPeople(view)),
    comment: null,
  };
  const withheld = withheldOf(view.receipts, comment);
  if (withheld !== undefined) return halt(view, { before, refusals: [withheld], ...spent });
  const entry: NewEntry = {
    stage: "needs-info",
    event: { kind: "asked", questions: questions.length },
    ...spent,
  };
  return conclude(view, {
    headline: "questions-asked",
    effects: [
      comment,
      ledgerEffect(view, { entries: [...before, entry], ask: ASK_QUESTIONS }),
      ...labelEffects(view, { stage: "needs-info" }),
    ],
    stage: "needs-info",
  });
}

function refuseChecks(contract: Contract, config: Config): Refusal | undefined {
  const known = CHECK_NAMES.filter((name) => config.checks[name] !== undefined);
  const unknown = contract.checks.find((name) => !known.some((check) => check === name));
  if (unknown === undefined) return undefined;
  return {
    code: "contract-invalid",
    subject: `the check ${unknown}`.slice(0, 300),
    found: "the config has no check of that name",
    accepted: known.join(", ") || "no check: the config names none",
    hint: "add-the-check",
  };
}

interface Proposed {
  readonly before: readonly NewEntry[];
  readonly spent: Spent;
  readonly contract: Contract;
  readonly order: IntakeOrder;
}

function proposeContract(view: OnIssue, proposed: Proposed): Decision {
  const { contract, order } = proposed;
  const predicted = predictRisk(contract, order);
  const approvalNeeded = needsApproval(order.config, predicted);
  const version = (lastOf(view.ledger.entries, "proposed")?.event.version ?? 0) + 1;
  const digest = digestOfContract(contract);
  const body = renderContractComment({
    contract,
    digest,
    version,
    approvalNeeded,
    risk: predicted.risk,
    leadsTo: consequencesOf(view, { config: order.config, risk: predicted.risk }),
  });
  const comment = contractComment(view, { version, digest, body });
  const entries = proposedEntries(view, proposed, {
    approvalNeeded,
    version,
    digest,
    // A new one is written with the entry and has no number before. Its digest identifies it.
    comment: comment.comment ?? 0,
  });
  const stage = approvalNeeded ? "proposed" : "ready";
  const ask = approvalNeeded ? { ask: ASK_APPROVAL } : {};
  const ledger = { ...ledgerEffect(view, { entries, ...ask }), standsAlone: true } as const;
  if (wasRefused(receiptOf(view.receipts, comment))) {
    return withoutContract(view, { comment, ledger }, proposed);
  }
  return conclude(view, {
    headline: approvalNeeded ? "contract-waits" : "contract-approved-by-config",
    effects: [
      comment,
      ledger,
      ...labelEffects(view, { stage }),
      // A new contract is a new comment. A rewritten one is an edit, which notifies nobody.
      ...(approvalNeeded && comment.comment !== null
        ? [askEffect(view, { entries, lines: linesOfContract(digest) })]
        : []),
    ],
    next: approvalNeeded ? "none" : "line",
    stage,
  });
}

function contractComment(
  view: OnIssue,
  written: { readonly version: number; readonly digest: Digest; readonly body: string },
): EffectOf<"write-comment"> {
  const { version, digest, body } = written;
  const issue = view.issue.number;
  return {
    kind: "write-comment",
    key: `contract/${issue}/${version}/${digest.slice(0, 16)}`,
    issue,
    marker: CONTRACT_MARKER,
    body,
    // A comment that a person deleted cannot be edited, so the next version is a new comment.
    comment: findContract(view)?.id ?? null,
  };
}

function proposedEntries(
  view: OnIssue,
  { before, spent, order, contract }: Proposed,
  written: {
    readonly approvalNeeded: boolean;
    readonly version: number;
    readonly digest: Digest;
    readonly comment: number;
  },
): readonly NewEntry[] {
  const { approvalNeeded, version, comment } = written;
  const bound = { contract: written.digest, issue: order.issue.digest };
  const proposed: NewEntry = {
    stage: approvalNeeded ? "proposed" : "ready",
    event: { kind: "proposed", ...bound, comment, version, ...scopeOfContract(contract) },
    ...spent,
  };
  if (approvalNeeded) return [...before, proposed];
  // The authority is the config that a person merged, not a comment, so the entry carries the factory's own id.
  const event = { kind: "approved", by: view.input.identity.id, ...bound, comment: 0 } as const;
  return [...before, proposed, { stage: "ready", event }];
}
