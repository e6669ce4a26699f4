import type { Effect } from "../../../domain/github/effect.ts";
import { receiptOf, wasDone } from "../../../domain/github/receipt.ts";
import type { ReleaseOrder } from "../../../domain/order.ts";
import type { SmokeProposal } from "../../../domain/proposal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { wasSeenLive } from "../../../domain/smoke.ts";
import { linesOfRefusal } from "../../../wording/issue/ask-comment.ts";
import { askForRefusals } from "../../../wording/issue/asks.ts";
import { isAlertIssue } from "../../observed/incident/alert.ts";
import { isOnIssue, type OnIssue, type View } from "../../observed/issue-view.ts";
import { readProposal, type Spent, spentBy } from "../../observed/proposals.ts";
import { lastLanding } from "../../observed/release/landing.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { askEffect } from "../../outcome/ask.ts";
import { conclude, halt, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { readOrder } from "../../outcome/orders.ts";
import { isWell, lowerAndons, standingIncidents } from "./lower-andon.ts";
import { restored } from "./restored.ts";
import { planRevert } from "./revert/plan.ts";
import {
  doneAs,
  incidentEffect,
  raisedAs,
  refusalOf,
  refuseOther,
  smokedEntry,
  speaksForNothing,
} from "./smoked.ts";

/** Records the result of the smoke test: done; or a person is asked, and on failure the andon is raised. Works under an andon, too, because it repairs. */
export function decideRecord(view: View): Decision | Wants {
  if (!isOnIssue(view)) return recordAlone(view);
  const pinned = orderToRecord(view);
  if ("refusal" in pinned) {
    const stage = view.stage === "smoking" ? {} : { stage: "same" as const };
    return halt(view, { refusals: [pinned.refusal], ...stage });
  }
  const { order } = pinned;
  const reading = readProposal(view, { worker: "post-merge-smoke", order });
  const spent = spentBy(view, { "post-merge-smoke": reading }, order);
  if (reading.kind !== "proposal") return halt(view, { refusals: [reading.refusal], ...spent });
  const smoke = reading.proposal;
  if (smoke.mergeSha !== order.release.mergeSha) {
    return halt(view, { refusals: [refuseOther(smoke)], ...spent });
  }
  if (lastLanding(view.ledger.entries)?.event.kind === "reverted") {
    return isWell(smoke)
      ? restored(view, smokedEntry(smoke, "smoking", spent))
      : raise(view, { order, smoke, spent });
  }
  return speaksForNothing(smoke)
    ? finish(view, smoke, spent)
    : raise(view, { order, smoke, spent });
}

/**
 * A smoke test without an issue: its order was made for a commit, whoever pushed it. Success writes nothing. A failure
 * is an incident, and the run ends red.
 */
function recordAlone(view: View): Decision {
  const pinned = readOrder(view, "release");
  const ofPullRequest = "order" in pinned && pinned.order.release.pullRequest !== undefined;
  if (view.input.issue !== undefined || ofPullRequest) {
    return stayQuiet(view, [{ code: "event-not-understood", subject: "no issue to record" }]);
  }
  if ("refusal" in pinned) return stayQuiet(view, [pinned.refusal]);
  const { order } = pinned;
  const reading = readProposal(view, { worker: "post-merge-smoke", order });
  if (reading.kind !== "proposal") return stayQuiet(view, [reading.refusal]);
  const smoke = reading.proposal;
  if (smoke.mergeSha !== order.release.mergeSha) return stayQuiet(view, [refuseOther(smoke)]);
  if (speaksForNothing(smoke)) return conclude(view, { headline: doneAs(smoke), effects: [] });
  const refusal = refusalOf(smoke);
  const failed = smoke.status === "failed";
  const decision = conclude(view, {
    headline: raisedAs(smoke),
    effects: failed ? [incidentEffect(view, smoke, refusal)] : [],
    refusals: [refusal],
  });
  // No issue shows it, so the run itself has to.
  return { ...decision, ok: false };
}

/** The order must be for the merge that the ledger knows, at the stage that waits for it. */
function orderToRecord(
  view: OnIssue,
): { readonly order: ReleaseOrder } | { readonly refusal: Refusal } {
  if (view.ledger.refusal !== undefined) return { refusal: view.ledger.refusal };
  const pinned = readOrder(view, "release");
  if ("refusal" in pinned) return pinned;
  const refusal = refuseRelease(view, pinned.order);
  return refusal === undefined ? pinned : { refusal };
}

function refuseRelease(view: View, order: ReleaseOrder): Refusal | undefined {
  const merged = lastLanding(view.ledger.entries);
  const wanted = order.release.mergeSha;
  if (merged?.event.commit !== wanted) {
    return {
      code: "order-invalid",
      subject: "the merge it is for",
      found: wanted,
      accepted: merged?.event.commit ?? "none: the ledger knows of no merge",
    };
  }
  if (view.stage === "smoking") return undefined;
  return { code: "illegal-transition", subject: `${view.stage} → done`, accepted: "smoking" };
}

function finish(view: OnIssue, smoke: SmokeProposal, spent: Spent): Decision {
  const issue = view.issue.number;
  // Only the alert's absence shows that it is fixed, so the heartbeat closes its issue.
  const staysOpen = isAlertIssue(view) && wasSeenLive(smoke);
  const close: Effect = { kind: "close-issue", key: `close/${issue}/${smoke.mergeSha}`, issue };
  return conclude(view, {
    headline: doneAs(smoke),
    effects: [
      ...(isWell(smoke) ? lowerAndons(view) : []),
      ledgerEffect(view, { entries: [smokedEntry(smoke, "done", spent)] }),
      ...labelEffects(view, { stage: "done" }),
      ...(staysOpen ? [] : [close]),
    ],
    stage: "done",
  });
}

interface Recorded {
  readonly order: ReleaseOrder;
  readonly smoke: SmokeProposal;
  readonly spent: Spent;
}

/**
 * `unreachable` means that nobody could look, so a person looks. A failure stops the line, and the merge is reverted. If
 * it is not reverted, a person is asked and told why.
 */
function raise(view: OnIssue, recorded: Recorded): Decision | Wants {
  const { smoke, order } = recorded;
  if (smoke.status !== "failed") return askPerson(view, recorded, {});
  const [known] = standingIncidents(view);
  // One rolling issue per cause: a revert that fails belongs to the same incident.
  const isRevert = lastLanding(view.ledger.entries)?.event.kind === "reverted";
  if (isRevert && known !== undefined) return askPerson(view, recorded, { filed: known });
  const incident = incidentEffect(view, smoke, refusalOf(smoke));
  const filed = receiptOf(view.receipts, incident);
  if (filed === undefined) {
    return conclude(view, { headline: raisedAs(smoke), effects: [incident] });
  }
  // Without an andon in place, nothing is begun.
  if (!wasDone(filed)) return askPerson(view, recorded, { incident });
  const planned = planRevert(view, { order, smoke });
  if (planned === undefined) return askPerson(view, recorded, { incident, filed: filed.number });
  if ("wants" in planned) return planned;
  if ("refusal" in planned) {
    return askPerson(view, recorded, { incident, filed: filed.number, why: planned.refusal });
  }
  const smoked = smokedEntry(smoke, "smoking", recorded.spent, filed.number);
  return conclude(view, {
    headline: "revert-next",
    effects: [incident, ledgerEffect(view, { entries: [smoked] })],
    next: "revert",
    order: planned.order,
    stage: "smoking",
  });
}

function askPerson(
  view: OnIssue,
  { smoke, spent }: Recorded,
  known: {
    readonly incident?: Effect;
    /** The number of the incident. */
    readonly filed?: number;
    /** Why the merge is not reverted. */
    readonly why?: Refusal;
  },
): Decision {
  const refusal = refusalOf(smoke);
  const refusals = known.why === undefined ? [refusal] : [known.why, refusal];
  const [first = refusal] = refusals;
  const entries: NewEntry[] = [
    smokedEntry(smoke, "needs-human", spent, known.filed),
    { stage: "needs-human", event: { kind: "refused", refusal: first } },
  ];
  return conclude(view, {
    headline: raisedAs(smoke),
    effects: [
      ...(known.incident === undefined ? [] : [known.incident]),
      ledgerEffect(view, { entries, ask: askForRefusals(refusals) }),
      ...labelEffects(view, { stage: "needs-human" }),
      askEffect(view, { entries, lines: linesOfRefusal(first) }),
    ],
    stage: "needs-human",
    refusals,
  });
}
