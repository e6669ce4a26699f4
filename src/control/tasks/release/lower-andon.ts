import type { Effect } from "../../../domain/github/effect.ts";
import { andonLabel } from "../../../domain/label.ts";
import type { SmokeProposal } from "../../../domain/proposal.ts";
import { wasSeenLive } from "../../../domain/smoke.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { incidentsOf } from "../../observed/release/landing.ts";

/** Incidents that one run closes; a merge has one. */
const MOST_LOWERED = 2;

/** Whether a smoke test shows that production is well: seen live, and every probe passed. Nothing less lowers an andon. */
export function isWell(smoke: SmokeProposal): boolean {
  return smoke.status === "passed" && wasSeenLive(smoke);
}

/**
 * Lowers the andons that smoke tests of this issue raised and nobody else: an incident of this ledger, still open, whose
 * label is the factory's own. What a person put there stays for a person.
 */
export function lowerAndons(view: OnIssue): readonly Effect[] {
  const { input, prefix } = view;
  return standingIncidents(view)
    .slice(0, MOST_LOWERED)
    .flatMap((issue): Effect[] => [
      {
        kind: "set-labels",
        key: `lower/${issue}/${input.run.id}`,
        issue,
        add: [],
        remove: [andonLabel(prefix)],
      },
      { kind: "close-issue", key: `close/${issue}/${input.run.id}`, issue },
    ]);
}

/** Incidents of this issue whose andon still stands, and was put there by the factory. */
export function standingIncidents({ snapshot, ledger, input }: OnIssue): readonly number[] {
  if ("unknown" in snapshot.andon) return [];
  const own = snapshot.andon.known.filter(
    ({ by }) => "known" in by && by.known.id === input.identity.id,
  );
  return incidentsOf(ledger.entries).filter((incident) =>
    own.some(({ issue }) => issue === incident),
  );
}
