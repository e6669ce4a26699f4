import type { Effect } from "../../../domain/github/effect.ts";
import { andonLabel } from "../../../domain/label.ts";
import type { ReleaseOrder } from "../../../domain/order.ts";
import type { SmokeProposal } from "../../../domain/proposal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { type LookedFor, wasSeenLive } from "../../../domain/smoke.ts";
import { askForRefusals } from "../../../wording/issue/asks.ts";
import { renderIncident } from "../../../wording/issue/incident.ts";
import type { Headline } from "../../../wording/summaries/headlines.ts";
import { isOnIssue, type OnIssue, repositoryUrl, type View } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger.ts";
import { readProposal, type Spent, spentBy } from "../../observed/proposals.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, halt, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { readOrder } from "../../outcome/orders.ts";

/** Records what the smoke test saw: done, or a person and, when it failed, the andon. Records under an andon, too: it cures. */
export function decideRecord(view: View): Decision {
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
  return speaksForNothing(smoke) ? finish(view, smoke, spent) : raise(view, smoke, spent);
}

/** Nothing that was seen is the merge's fault: it is done, and what else was seen is said. */
function speaksForNothing({ status }: SmokeProposal): boolean {
  return ["passed", "flaky", "red-before", "nothing-to-probe"].includes(status);
}

/**
 * A smoke test that belongs to no issue: its order was made for a commit, whoever brought it. Nothing is written for what is
 * well; a failure is an incident, and the run ends red.
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
  // No issue shows it: the run itself has to.
  return { ...decision, ok: false };
}

function refuseOther(smoke: SmokeProposal): Refusal {
  return {
    code: "proposal-invalid",
    subject: "the smoke test",
    found: `it looked for ${smoke.mergeSha}`,
  };
}

/** The order must be for the merge that the ledger knows, at the stage where it is waited for. */
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
  const merged = lastOf(view.ledger.entries, "merged");
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

function smokedEntry(smoke: SmokeProposal, stage: NewEntry["stage"], spent: Spent): NewEntry {
  const { mergeSha: commit, status, probes } = smoke;
  const live = wasSeenLive(smoke);
  // What passed at an unknown commit is no measure for the next merge.
  const passed = live
    ? probes.filter((probe) => probe.status === "passed").map(({ id }) => id)
    : [];
  return { stage, event: { kind: "smoked", commit, status, live, passed }, ...spent };
}

/** Seen live is said where the commit was seen, and of nothing else. */
function doneAs(smoke: SmokeProposal): Headline {
  if (smoke.status === "flaky") return "done-flaky";
  if (smoke.status === "red-before") return "done-red-before";
  if (smoke.status === "nothing-to-probe") return "done-unprobed";
  return wasSeenLive(smoke) ? "seen-live" : "done-unseen";
}

function raisedAs({ status }: SmokeProposal): Headline {
  if (status === "failed") return "smoke-failed";
  return status === "not-deployed" ? "deploy-not-seen" : "smoke-unreachable";
}

function finish(view: OnIssue, smoke: SmokeProposal, spent: Spent): Decision {
  const issue = view.issue.number;
  const close: Effect = { kind: "close-issue", key: `close/${issue}/${smoke.mergeSha}`, issue };
  return conclude(view, {
    headline: doneAs(smoke),
    effects: [
      ledgerEffect(view, { entries: [smokedEntry(smoke, "done", spent)] }),
      ...labelEffects(view, { stage: "done" }),
      close,
    ],
    stage: "done",
  });
}

/** `unreachable` says that nobody could look: a person looks. A failure stops the line. */
function raise(view: OnIssue, smoke: SmokeProposal, spent: Spent): Decision {
  const refusal = refusalOf(smoke);
  const entries: NewEntry[] = [
    smokedEntry(smoke, "needs-human", spent),
    { stage: "needs-human", event: { kind: "refused", refusal } },
  ];
  const incident = smoke.status === "failed" ? [incidentEffect(view, smoke, refusal)] : [];
  return conclude(view, {
    headline: raisedAs(smoke),
    effects: [
      ...incident,
      ledgerEffect(view, { entries, ask: askForRefusals([refusal]) }),
      ...labelEffects(view, { stage: "needs-human" }),
    ],
    stage: "needs-human",
    refusals: [refusal],
  });
}

function refusalOf(smoke: SmokeProposal): Refusal {
  const { lookedFor, status } = smoke;
  if (lookedFor !== null && smoke.probes.length === 0) return refuseLook(status, lookedFor);
  const bad = smoke.probes.find((probe) => probe.status === status);
  const failed = status === "failed";
  return {
    code: failed ? "probe-failed" : "probe-unreachable",
    subject: bad?.url.slice(0, 300) ?? `commit ${smoke.mergeSha}`,
    found: bad?.found ?? `live is ${smoke.liveSha ?? "unknown"}`,
    hint: failed ? "revert-or-repair" : "make-the-deploy-reachable",
  };
}

/** The commit was not seen: nothing was probed, and nothing is known of how the merge works. */
function refuseLook(status: SmokeProposal["status"], { where, found }: LookedFor): Refusal {
  const isAway = status === "unreachable";
  return {
    code: isAway ? "probe-unreachable" : "deploy-not-seen",
    subject: where.slice(0, 300),
    found,
    hint: isAway ? "make-the-deploy-reachable" : "look-at-the-deploy",
  };
}

/** One rolling issue per cause, never one per failure (DESIGN §5.8): the marker is its fingerprint. */
function incidentEffect(view: View, smoke: SmokeProposal, refusal: Refusal): Effect {
  const issue = view.issue?.number;
  return {
    kind: "open-issue",
    key: `incident/${smoke.mergeSha}`,
    ...renderIncident({
      commit: smoke.mergeSha,
      issue,
      probes: smoke.probes,
      refusal,
      run: view.input.run.id,
      repository: repositoryUrl(view),
    }),
    labels: [andonLabel(view.prefix)],
  };
}
