import type { Effect } from "../../../domain/github/effect.ts";
import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import { andonLabel } from "../../../domain/label.ts";
import type { SmokeProposal } from "../../../domain/proposal.ts";
import { wasSeenLive } from "../../../domain/smoke.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { entriesOf, isLater } from "../../observed/ledger/ledger.ts";
import { incidentsOf } from "../../observed/release/landing.ts";

/** The most incidents that one run closes. A merge has one. */
const MOST_LOWERED = 2;

/** Whether a smoke test shows that production is well: the commit was seen live, and every probe passed. Nothing less lowers an andon. */
export function isWell(smoke: SmokeProposal): boolean {
  return smoke.status === "passed" && wasSeenLive(smoke);
}

/**
 * Lowers the andons that smoke tests of this issue raised: closes each incident of this ledger since production was last
 * well, and removes the factory's own label. A label that a person added stays. This happens before the ledger records
 * that production is well, so that a run after a crash repeats it. It works even if a list does not show the andon yet.
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
  // A refusal by GitHub here does not block the ledger. It is reported, and a person lowers the andon.
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

/** Incidents of this issue whose andon the factory raised and nobody lowered. */
export function standingIncidents({ snapshot, ledger, input }: OnIssue): readonly number[] {
  if ("unknown" in snapshot.andon) return [];
  const own = snapshot.andon.known.filter(
    ({ by }) => "known" in by && by.known.id === input.identity.id,
  );
  return incidentsOf(ledger.entries).filter((incident) =>
    own.some(({ issue }) => issue === incident),
  );
}
