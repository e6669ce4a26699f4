import type { Effect } from "../../../domain/github/effect.ts";
import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import { andonLabel } from "../../../domain/label.ts";
import type { SmokeProposal } from "../../../domain/proposal.ts";
import { wasSeenLive } from "../../../domain/smoke.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { entriesOf, isLater } from "../../observed/ledger/ledger.ts";
import { incidentsOf } from "../../observed/release/landing.ts";

/** Incidents that one run closes; a merge has one. */
const MOST_LOWERED = 2;

/** Whether a smoke test shows that production is well: seen live, and every probe passed. Nothing less lowers an andon. */
export function isWell(smoke: SmokeProposal): boolean {
  return smoke.status === "passed" && wasSeenLive(smoke);
}

/**
 * Lowers the andons that smoke tests of this issue raised and nobody else: each incident of this ledger since production was
 * last seen to be well is closed, and the label of the factory's own is taken off. What a person put there stays for a person.
 * It comes before the ledger says that production is well, so that whoever finds a run that died in between does it again;
 * a list that does not show an andon yet keeps nothing from being lowered.
 */
export function lowerAndons(view: OnIssue): readonly Effect[] {
  const { input, prefix, receipts } = view;
  const effects = owedIncidents(view)
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
  // What GitHub refuses here keeps nothing from the ledger: it is told, and a person lowers it.
  const refused = effects.findIndex((effect) => wasRefused(receiptOf(receipts, effect)));
  return refused === -1 ? effects : effects.slice(0, refused + 1);
}

function owedIncidents(view: OnIssue): readonly number[] {
  const { snapshot, ledger, input } = view;
  if ("unknown" in snapshot.andon) return [];
  const well = entriesOf(ledger.entries, "smoked").findLast(
    ({ event }) => event.status === "passed" && event.live === true,
  );
  const since = ledger.entries.filter((entry) => isLater(entry, well));
  const raised = new Map(snapshot.andon.known.map(({ issue, by }) => [issue, by]));
  return incidentsOf(since).filter((issue) => {
    const by = raised.get(issue);
    return by === undefined || ("known" in by && by.known.id === input.identity.id);
  });
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
