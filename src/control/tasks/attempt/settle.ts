import { wasDone } from "../../../domain/github/receipt.ts";
import { sealKeysOf } from "../../../domain/ledger/seal-key.ts";
import type { LineOrder } from "../../../domain/order.ts";
import { refusePath } from "../../../domain/path.ts";
import type { ImplementProposal } from "../../../domain/proposal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { refuseSuspicious } from "../../../domain/secrets/refusals.ts";
import { sayLeftOutFindings } from "../../../wording/left-out.ts";
import { weigh } from "../../gate/gate.ts";
import { type Authority, authorityOver } from "../../gate/merge-authority.ts";
import type { Gate } from "../../gate/rule.ts";
import { fileAt, unread } from "../../observed/files.ts";
import { isOnIssue, type OnIssue, type View } from "../../observed/issue-view.ts";
import { begunBy } from "../../observed/ledger/begun.ts";
import { lastOf, refuseUnknownBranch } from "../../observed/ledger/ledger.ts";
import { ownersToRead } from "../../observed/people/code-owners.ts";
import { type Reading, readProposal, spentBy } from "../../observed/proposals.ts";
import { pullBranchOf } from "../../observed/pull-requests.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { halt, stayQuiet } from "../../outcome/conclude.ts";
import { flakyTests } from "../../outcome/flaky-tests.ts";
import { readOrder } from "../../outcome/orders.ts";
import { readContract } from "../../vetoes/approved-contract.ts";
import { stillApproved } from "../../vetoes/dependency-approval.ts";
import { refuseDuplicate } from "../../vetoes/duplicate.ts";
import { refuseExposed } from "../../vetoes/exposed-workflows.ts";
import { refuseAndon, refuseClosed, refuseStopped } from "../../vetoes/preconditions.ts";
import { approvedRisk, digestOfRisk } from "../../vetoes/risk-approval.ts";
import { filesToCompare } from "../own/answers.ts";
import { settleExamination } from "../own/examine/settle-examination.ts";
import { saidOfChange } from "../own/said-of-change.ts";
import { aboutTests } from "./about-tests.ts";
import { refuseLease } from "./lease.ts";
import { mergedMeanwhile, refuseClosedPull } from "./meanwhile.ts";
import { mistakesOfGate } from "./mistakes.ts";
import type { Attempt } from "./publication.ts";
import { mergedAlready, publish } from "./publish.ts";
import { sendBack } from "./send-back.ts";
import { endLost, goOnAgain } from "./settle-again.ts";

/** The most paths that a refusal names. */
const MOST_NAMED = 5;

interface Readings {
  readonly implement: Reading<"implement">;
  readonly verify: Reading<"verify">;
  readonly review: Reading<"review">;
}

/** Checks every veto. Publishes only if none is raised. */
export function decideSettle(view: View): Decision | Wants {
  if (!isOnIssue(view)) {
    return stayQuiet(view, [{ code: "event-not-understood", subject: "no issue to settle" }]);
  }
  const pinned = readOrder(view, "line");
  if ("refusal" in pinned) return halt(view, { refusals: [pinned.refusal] });
  const { order } = pinned;
  if (order.examines !== undefined) {
    return settleExamination(view, { ...order, examines: order.examines });
  }
  const readings: Readings = {
    implement: readProposal(view, { worker: "implement", order }),
    verify: readProposal(view, { worker: "verify", order }),
    review: readProposal(view, { worker: "review", order }),
  };
  const { verify } = readings;
  const flaky = verify.kind === "proposal" ? flakyTests(verify.proposal.evidence) : undefined;
  const attempt: Attempt = {
    order,
    spent: spentBy(view, { ...readings }, order),
    ...(flaky === undefined ? {} : { flaky }),
  };
  const untrusted = view.ledger.refusal ?? refuseUnknownBranch(view);
  const again = untrusted === undefined ? goOnAgain(view, attempt) : undefined;
  if (again !== undefined) return again;
  const lost = untrusted ?? refuseLease(view, order);
  if (lost !== undefined) return endLost(view, attempt, lost);
  const merged = mergedMeanwhile(view, attempt);
  if (merged !== undefined) return merged;
  const words = wordsToRead(view, order);
  if (words !== undefined) return words;
  return settleUnlessChanged(view, attempt, readings);
}

function settleUnlessChanged(
  view: OnIssue,
  attempt: Attempt,
  readings: Readings,
): Decision | Wants {
  const changed = refuseChanged(view, attempt.order);
  if (changed !== undefined && !isOpened(view)) {
    return halt(view, { refusals: [changed], ...attempt.spent });
  }
  return settle(view, { attempt, changed }, readings);
}

/** Whether this run has shown its change to people. From then on the ledger has to record it, whatever else is found. */
function isOpened({ receipts, input }: View): boolean {
  const isOnOpenOne = input.order?.kind === "line" && input.order.continues !== undefined;
  const shown = isOnOpenOne ? "publish-commit" : "open-pull-request";
  return receipts.some((receipt) => receipt.kind === shown && wasDone(receipt));
}

function wordsToRead({ owned }: View, { continues }: LineOrder): Wants | undefined {
  if (continues === undefined || owned !== undefined) return undefined;
  return { wants: [], owned: continues.pullRequest };
}

interface Settling {
  readonly attempt: Attempt;
  /** Changes during the publication. */
  readonly changed: Refusal | undefined;
}

function settle(
  view: OnIssue,
  { attempt, changed }: Settling,
  { implement, verify, review }: Readings,
): Decision | Wants {
  const without = (refusal: Refusal) =>
    sendBack(view, { attempt, refusals: [refusal], findings: [] });
  if (implement.kind !== "proposal") return without(implement.refusal);
  if (verify.kind !== "proposal") return without(verify.refusal);
  if (review.kind !== "proposal") return without(review.refusal);
  const { order } = attempt;
  const base = baseOf(view, implement.proposal);
  if ("wants" in base) return base;
  const compared = unread(view.files, filesToCompare(view, order, implement.proposal));
  const wants = [...compared, ...ownersToRead(view)];
  if (wants.length > 0) return { wants };
  const gate: Gate = {
    order,
    implement: implement.proposal,
    verify: verify.proposal,
    review: review.proposal,
    sealed: sealKeysOf(view.input.sealKey).length > 0,
    approvedDependencies: stillApproved(view, order),
    approvedRisk: approvedRisk(view, order.contractDigest),
    begunBy: begunBy(view.ledger.entries),
    takenBack: view.snapshot.takenBack,
    ...base,
  };
  return passGate(view, { attempt, changed }, gate);
}

/**
 * Contents of the changed paths on the base. They are read only if the change would be refused for an apparent secret or
 * for a name that only a base file may have: content from before this change is not its leak.
 */
function baseOf(
  { files }: View,
  { changeSet }: ImplementProposal,
): Pick<Gate, "baseFiles" | "oddPaths"> | Wants {
  const isSuspicious = refuseSuspicious(changeSet) !== undefined;
  const needed = changeSet.files
    .filter(({ path }) => isSuspicious || refusePath(path) !== undefined)
    .map(({ path }) => ({ commit: changeSet.base, path }));
  const wants = unread(files, needed);
  if (wants.length > 0) return { wants };
  const held = needed.flatMap((file) => {
    const state = fileAt(files, file);
    return state !== undefined && "known" in state && state.known !== null
      ? [{ path: file.path, bytes: state.known }]
      : [];
  });
  return { baseFiles: held.map(({ bytes }) => bytes), oddPaths: held.map(({ path }) => path) };
}

function passGate(view: OnIssue, { attempt, changed }: Settling, gate: Gate): Decision {
  const { refusals, outcomes } = weigh(gate);
  if (refusals.length > 0) {
    const findings = gate.review.verdict.findings.map(
      ({ path, line, claim, howItFails }) => `${path}:${line} ${claim} ${howItFails}`,
    );
    const leftOut = sayLeftOutFindings(gate.implement.leftOut);
    const told = { findings: [...leftOut, ...findings], aboutTests: aboutTests(gate) };
    return sendBack(view, { attempt, refusals, ...told, mistakes: mistakesOfGate(gate, refusals) });
  }
  const authority = authorityOver(gate);
  const riskier = refuseExceeded(authority, attempt.order);
  if (riskier !== undefined && !isOpened(view)) {
    return halt(view, { refusals: [riskier], ...attempt.spent });
  }
  const moved = authority.by === "factory" ? refuseMovedBase(view, attempt.order) : undefined;
  // If the same change can be proven again, it is published first, and its pull request keeps it.
  const isKept = saidOfChange(gate.implement).said !== undefined;
  if (moved !== undefined && !isOpened(view) && !isKept) {
    return sendBack(view, { attempt, refusals: [moved], findings: [] });
  }
  return publish(view, { attempt, gate, authority, outcomes, changed, moved });
}

/** Refuses if the basis of the order no longer holds: issue, contract, approval, and a line that nobody stopped. */
function refuseChanged(view: OnIssue, order: LineOrder): Refusal | undefined {
  const { issue } = view;
  const branch = pullBranchOf(lastOf(view.ledger.entries, "claimed"));
  const closed = mergedAlready(view, branch) ? undefined : refuseUnwanted(view);
  const gone = closed ?? refuseClosedPull(view, order);
  if (gone !== undefined) return gone;
  const contract = readContract(view);
  if ("refusal" in contract) return contract.refusal;
  if (contract.contractDigest !== order.contractDigest) {
    return {
      code: "contract-changed",
      subject: `issue ${issue.number}`,
      found: contract.contractDigest,
    };
  }
  return refuseStopped(view) ?? refuseAndon(view) ?? refuseExposed(view);
}

function refuseUnwanted(view: OnIssue): Refusal | undefined {
  return refuseDuplicate(view) ?? refuseClosed(view.issue);
}

/** Refuses before publication if the change goes beyond what was approved. */
function refuseExceeded(
  { exceeded }: Authority,
  { contractDigest }: LineOrder,
): Refusal | undefined {
  if (exceeded === undefined) return undefined;
  const { shown, found, paths } = exceeded;
  const { risk, reasons } = found;
  const named = paths.slice(0, MOST_NAMED).join(", ");
  const more = paths.length > MOST_NAMED ? `, and ${paths.length - MOST_NAMED} more` : "";
  return {
    code: "risk-unapproved",
    subject: paths.length === 0 ? "the change as a whole" : `${named}${more}`.slice(0, 300),
    found: `risk ${risk}: ${reasons.join(", ")}`.slice(0, 2_000),
    accepted: `at most ${shown}, as was shown`,
    hint: { code: "approve-risk", risk, digest: digestOfRisk(contractDigest, risk) },
  };
}

function refuseMovedBase(view: View, order: LineOrder): Refusal | undefined {
  const { head, defaultBranch } = view.snapshot.repository;
  const branch = pullBranchOf(lastOf(view.ledger.entries, "claimed"));
  if (head === order.base || mergedAlready(view, branch)) return undefined;
  return { code: "base-moved", subject: defaultBranch, found: head, accepted: order.base };
}
