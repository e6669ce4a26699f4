import { readAutomations } from "../../../domain/github/automation.ts";
import type { Part } from "../../../domain/github/snapshot.ts";
import { areasBy } from "../../../measures/history/areas.ts";
import {
  deploymentsOfLedgers,
  mergesOfLedgers,
  stopsOfLedgers,
  workOfLedgers,
} from "../../../measures/history/from-ledgers.ts";
import type { History, Spending } from "../../../measures/history/history.ts";
import type { ReadLedger } from "../../../measures/history/read-ledger.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";
import { readFound } from "../../observed/turns/other-ledgers.ts";
import { readPullWork } from "../../observed/turns/pull-work.ts";

/** History from the ledgers of the last weeks, and the list of ledgers that are not trusted. */
export function readLedgers(
  view: View,
): Part<{ readonly history: History; readonly disbelieved: readonly string[] }> {
  const { ledgers: found } = view.snapshot;
  if (found === undefined) return { unknown: "not asked for" };
  if ("unknown" in found) return found;
  const ledgers: ReadLedger[] = [];
  const disbelieved: string[] = [];
  for (const [issue, own] of Map.groupBy(found.known, (ledger) => ledger.issue)) {
    const [ledger, another] = own;
    if (ledger === undefined) continue;
    const read = another === undefined ? readFound(ledger, view) : undefined;
    if (read === undefined) disbelieved.push(`issue ${issue} has two ledgers`);
    else if ("unknown" in read) disbelieved.push(read.unknown);
    else ledgers.push({ issue, entries: read.known });
  }
  const { spendings, faults } = spentOnPulls(view);
  const history = historyOf(view, ledgers, spendings);
  return { known: { history, disbelieved: [...disbelieved, ...faults] } };
}

function spentOnPulls(view: View): {
  readonly spendings: readonly Spending[];
  readonly faults: readonly string[];
} {
  const works = readPullWork(view);
  if ("unknown" in works) return { spendings: [], faults: [works.unknown] };
  const spendings = works.known.flatMap(({ pullRequest: issue, at, usage }) =>
    usage === undefined ? [] : [{ issue, at, usd: usage.usd }],
  );
  return { spendings, faults: [] };
}

/** Control reads no diffs, no clone and no closed issues, so facts that only they hold are unknown here. */
function historyOf(
  view: View,
  ledgers: readonly ReadLedger[],
  onPulls: readonly Spending[],
): History {
  const { scheduled } = view.snapshot;
  return {
    repository: view.input.run.repository,
    url: repositoryUrl(view),
    source: "ledgers",
    merges: mergesOfLedgers(ledgers, () => undefined),
    deployments: { known: deploymentsOfLedgers(ledgers) },
    work: { known: workOfLedgers(ledgers, onPulls) },
    issues: { untold: "no-issues" },
    stops: { known: stopsOfLedgers(ledgers, () => undefined) },
    owners: { untold: "no-owners" },
    trust: { untold: "no-config-history" },
    automations:
      scheduled === undefined || "unknown" in scheduled
        ? { untold: "no-schedules" }
        : { known: readAutomations(scheduled.known) },
    areaOf: areasBy(view.config.quality.areas),
  };
}
