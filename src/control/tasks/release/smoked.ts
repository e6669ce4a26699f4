import type { EffectOf } from "../../../domain/github/effect.ts";
import { andonLabel } from "../../../domain/label.ts";
import type { SmokeProposal } from "../../../domain/proposal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { type LookedFor, wasSeenLive } from "../../../domain/smoke.ts";
import { renderIncident } from "../../../wording/issue/incident.ts";
import type { Headline } from "../../../wording/summaries/headlines.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";
import type { Spent } from "../../observed/proposals.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";

/** Nothing observed is the merge's fault. The issue is done, and other observations are reported. */
export function speaksForNothing({ status }: SmokeProposal): boolean {
  return ["passed", "flaky", "red-before", "nothing-to-probe"].includes(status);
}

export function refuseOther(smoke: SmokeProposal): Refusal {
  return {
    code: "proposal-invalid",
    subject: "the smoke test",
    found: `it looked for ${smoke.mergeSha}`,
  };
}

export function smokedEntry(
  smoke: SmokeProposal,
  stage: NewEntry["stage"],
  spent: Spent,
  incident?: number,
): NewEntry {
  const { mergeSha: commit, status, probes } = smoke;
  const live = wasSeenLive(smoke);
  // A pass at an unknown commit is no measure for the next merge.
  const passed = live
    ? probes.filter((probe) => probe.status === "passed").map(({ id }) => id)
    : [];
  const known = incident === undefined ? {} : { incident };
  return { stage, event: { kind: "smoked", commit, status, live, passed, ...known }, ...spent };
}

/** Reports "seen live" only if the commit was seen. */
export function doneAs(smoke: SmokeProposal): Headline {
  if (smoke.status === "flaky") return "done-flaky";
  if (smoke.status === "red-before") return "done-red-before";
  if (smoke.status === "nothing-to-probe") return "done-unprobed";
  return wasSeenLive(smoke) ? "seen-live" : "done-unseen";
}

export function raisedAs({ status }: SmokeProposal): Headline {
  if (status === "failed") return "smoke-failed";
  return status === "not-deployed" ? "deploy-not-seen" : "smoke-unreachable";
}

export function refusalOf(smoke: SmokeProposal): Refusal {
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

/** The commit was not seen, so nothing was probed, and nothing is known about how the merge works. */
function refuseLook(status: SmokeProposal["status"], { where, found }: LookedFor): Refusal {
  const isAway = status === "unreachable";
  return {
    code: isAway ? "probe-unreachable" : "deploy-not-seen",
    subject: where.slice(0, 300),
    found,
    hint: isAway ? "make-the-deploy-reachable" : "look-at-the-deploy",
  };
}

/** One rolling issue per cause, never one per failure (DESIGN §5.8). The marker is its fingerprint. */
export function incidentEffect(
  view: View,
  smoke: SmokeProposal,
  refusal: Refusal,
): EffectOf<"open-issue"> {
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
