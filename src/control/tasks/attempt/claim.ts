import type { Digest } from "../../../domain/digest.ts";
import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import type { PriorAttempt } from "../../../domain/ledger/prior-attempt.ts";
import type { Rebuilt } from "../../../domain/ledger/rebuilt.ts";
import type { LineOrder } from "../../../domain/order.ts";
import type { Refusal, RefusalCode } from "../../../domain/refusal.ts";
import { isOnIssue, type OnIssue, type View } from "../../observed/issue-view.ts";
import { attemptsOfSeries, isLastSaid, refuseRollback } from "../../observed/ledger/ledger.ts";
import { continuedBy } from "../../observed/pull-requests.ts";
import { refusalOfReceipt } from "../../observed/receipts.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { conclude, halt, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { pageToWrite } from "../../outcome/ledger-page.ts";
import { refuseFullLedger } from "../../outcome/ledger-room.ts";
import { commonOrder, issueTextOf, ownActor, priorAttempts } from "../../outcome/orders.ts";
import { waitForTurn } from "../../outcome/wait.ts";
import { type ApprovedContract, readContract } from "../../vetoes/approved-contract.ts";
import { refuseInItsPlace } from "../../vetoes/closed-pull.ts";
import { approvedDependencies, dependencyApproval } from "../../vetoes/dependency-approval.ts";
import { refuseDuplicate } from "../../vetoes/duplicate.ts";
import { refuseExposed } from "../../vetoes/exposed-workflows.ts";
import { refuseAndon, refuseClosed, refuseSpent } from "../../vetoes/preconditions.ts";
import { riskApproval } from "../../vetoes/risk-approval.ts";
import { refuseTurn } from "../../vetoes/turn.ts";
import { wordsToRead } from "../own/asked-changes.ts";
import { decideExamination, examinationAsked } from "../own/examine/open-examination.ts";
import { heardEntries, lastWords, remarksOn } from "../own/open-words.ts";
import { conflictsNow, isSameChange, rebuiltChange } from "../own/rebuild.ts";
import { claimNext } from "./claim-branch.ts";
import { type Ring, readRing, refuseRing } from "./ring.ts";

/** The permission to build: what, and on which issue. */
interface Grant extends ApprovedContract {
  /** Digests of dependency changes that people approved on the issue. */
  readonly dependencies: readonly Digest[];
  /** The change of the open pull request on a base that moved; absent if it has to be built. */
  readonly rebuilt?: Rebuilt;
  /** New conflicts of a change that was to be repeated on a new base. */
  readonly told?: readonly PriorAttempt[];
}

/** Checks the approval, claims the attempt by creating its branch, and makes the order. */
export function decideClaim(view: View): Decision | Wants {
  if (!isOnIssue(view)) {
    const nothing: Refusal = { code: "event-not-understood", subject: "no issue to claim" };
    return stayQuiet(view, [view.triggerRefusal ?? nothing]);
  }
  const asked = examinationAsked(view);
  if (asked !== undefined) return decideExamination(view, asked);
  const ring = readRing(view);
  const { contract: approval, risk, digest } = ring;
  const stale = refuseRing(view, ring);
  if (stale !== undefined) return stale;
  const refusal = view.ledger.refusal ?? refuseAttempt(view, ring);
  if (refusal !== undefined) return stopHere(view, refusal);
  const contract = readContract(view, approval);
  if ("refusal" in contract) return stopHere(view, contract.refusal);
  const allowed = [
    ...(digest === undefined ? [] : dependencyApproval(view, digest)),
    ...(risk === undefined ? [] : riskApproval(view)),
  ];
  const dependencies = [...approvedDependencies(view), ...(digest === undefined ? [] : [digest])];
  const grant = { ...contract, approval: [...contract.approval, ...allowed], dependencies };
  const later = refuseTurn(view);
  return later === undefined
    ? (wordsToRead(view) ?? claimNextChange(view, grant))
    : waitForTurn(view, { refusal: later, before: grant.approval });
}

function claimNextChange(view: OnIssue, grant: Grant): Decision | Wants {
  const rebuilt = rebuiltChange(view);
  if (rebuilt !== undefined && "wants" in rebuilt) return rebuilt;
  if (rebuilt !== undefined) return claim(view, { ...grant, rebuilt });
  // It was meant to be the same change, and now has to be built.
  const exhausted = isSameChange(view) ? refuseAttempts(view) : undefined;
  const told = conflictsNow(view);
  if ("wants" in told) return told;
  return exhausted === undefined ? claim(view, { ...grant, told }) : stopHere(view, exhausted);
}

/** Refusals that a person settles outside the issue, or by the next approval. They leave the issue at its stage. */
const LIFTED_OUTSIDE: readonly RefusalCode[] = [
  "andon-raised",
  "pull-request-open",
  "workflow-exposed",
];
const LIFTED_BY_APPROVAL: readonly RefusalCode[] = [
  "approval-stale",
  "config-invalid",
  "contract-changed",
  "issue-changed",
];

/** Whether somebody has to act on this issue. An andon is lowered for all issues, and has an issue of its own to ask for that. */
function isLiftedByHand({ code }: Refusal): boolean {
  return LIFTED_OUTSIDE.includes(code) && code !== "andon-raised";
}

function stopHere(view: OnIssue, refusal: Refusal): Decision {
  const stays =
    LIFTED_OUTSIDE.includes(refusal.code) ||
    (view.stage === "proposed" && LIFTED_BY_APPROVAL.includes(refusal.code));
  // The people who were told are next. A ring that finds the same state does not tell them again.
  if (stays && view.trigger?.kind === "doorbell" && isLastSaid(view, refusal)) {
    return stayQuiet(view, [refusal]);
  }
  return halt(view, {
    refusals: [refusal],
    ...(stays ? { stage: "same", asks: isLiftedByHand(refusal) } : {}),
  });
}

function refuseAttempt(view: OnIssue, { digest, risk }: Ring): Refusal | undefined {
  const going = continuedBy(view);
  return (
    view.configRefusal ??
    refuseDuplicate(view) ??
    refuseClosed(view.issue) ??
    refuseAndon(view) ??
    refuseInItsPlace(view) ??
    ("refusal" in going ? going.refusal : undefined) ??
    refuseRollback(view) ??
    refuseExposed(view) ??
    // A person's command grants a new series, which is not in the ledger yet. Repeating the same change is no new attempt.
    (digest === undefined && risk === undefined && !isSameChange(view)
      ? refuseAttempts(view)
      : undefined) ??
    refuseSpent(view) ??
    refuseFullLedger(view.ledger.entries.slice(view.ledger.continues?.sequence ?? 0))
  );
}

export function refuseAttempts(view: View): Refusal | undefined {
  const made = attemptsOfSeries(view.ledger.entries);
  const limit = view.config.limits.attempts;
  if (made < limit) return undefined;
  return {
    code: "attempts-exhausted",
    subject: "attempts since a person last spoke",
    found: `${made}`,
    accepted: `fewer than ${limit}`,
  };
}

/** A full ledger page is continued first, because a claim must be recorded. */
function claim(view: OnIssue, grant: Grant): Decision {
  const page = pageToWrite(view);
  const written = page === undefined ? undefined : receiptOf(view.receipts, page);
  if (wasRefused(written)) return halt(view, { refusals: [refusalOfReceipt(written)] });
  return page === undefined || written !== undefined
    ? claimBranch(view, grant)
    : conclude(view, { headline: "claim-open", effects: [page] });
}

function claimBranch(view: OnIssue, grant: Grant): Decision {
  const { effect, receipt, attempt, lost } = claimNext(view);
  const { branch, sha: base } = effect;
  const continuing = { ...continuingOf(view), ...(grant.rebuilt && { rebuilds: true as const }) };
  if (receipt?.outcome === "already") {
    // Only the holder of the branch writes the ledger.
    return stayQuiet(view, [refuseTaken(branch, receipt.unsure === true)]);
  }
  if (wasRefused(receipt)) return halt(view, { refusals: [refusalOfReceipt(receipt)] });
  const entries: NewEntry[] = [
    ...grant.approval,
    ...heardEntries(view),
    ...lost.map(neverRecorded),
    { stage: "building", event: { kind: "claimed", attempt, branch, base, ...continuing } },
  ];
  return conclude(view, {
    headline: receipt === undefined ? "claim-open" : { code: "claimed", attempt },
    // Nothing that follows a claim is done if somebody else holds the claim.
    effects: [
      effect,
      ledgerEffect(view, { entries }),
      ...labelEffects(view, { stage: "building" }),
    ],
    next: "line",
    order: lineOrder(view, grant, attempt),
    attempt,
    stage: "building",
  });
}

/** The observed cause: either GitHub has the branch, or its answers were lost. */
function refuseTaken(branch: string, isUnsure: boolean): Refusal {
  const subject = `branch ${branch}`;
  return isUnsure
    ? { code: "effect-unanswered", subject, found: "it stands untouched: it may be this job's own" }
    : { code: "claim-taken", subject, found: "GitHub has it already" };
}

/** An attempt that ended before it began. The ledger records it once, and the next attempt gets its own number. */
function neverRecorded(branch: string): NewEntry {
  const refusal: Refusal = {
    code: "effect-unanswered",
    subject: `branch ${branch}`,
    found: "claimed, untouched, and recorded by no run",
    hint: "goes-on-by-itself",
  };
  return { stage: "ready", event: { kind: "refused", refusal } };
}

function lineOrder(view: OnIssue, grant: Grant, attempt: number): LineOrder {
  const told = lastWords(view).slice(0, 50);
  return {
    ...commonOrder(view, "line", view.actor ?? ownActor(view)),
    issue: withWords(view),
    attempt,
    ...continuingOf(view),
    ...(grant.rebuilt && { rebuilt: grant.rebuilt }),
    ...(told.length > 0 && { told }),
    contract: grant.contract,
    contractDigest: grant.contractDigest,
    prior: [...priorAttempts(view), ...sentBackBy(grant), ...(grant.told ?? [])].slice(-10),
    approvedDependencies: [...new Set(grant.dependencies)].slice(-20),
  };
}

/** Comments on the open pull request are read together with those on the issue. */
function withWords(view: OnIssue): LineOrder["issue"] {
  const issue = issueTextOf(view);
  return { ...issue, remarks: [...issue.remarks, ...remarksOn(view)].slice(-50) };
}

/** If this issue has an open pull request, the attempt becomes a commit on it. The attempt's own branch is then only its claim. */
function continuingOf(view: OnIssue): Pick<LineOrder, "continues"> {
  const going = continuedBy(view);
  return "refusal" in going || going.continues === undefined ? {} : { continues: going.continues };
}

function sentBackBy({ approval }: Grant): PriorAttempt[] {
  return approval.flatMap(({ event }) =>
    event.kind === "sent-back"
      ? [{ attempt: event.attempt, outcome: "approved", findings: [...event.findings] }]
      : [],
  );
}
