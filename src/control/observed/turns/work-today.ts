import type { FoundLedger, Part } from "../../../domain/github/snapshot.ts";
import { type SealedEntry, stageOfLedger } from "../../../domain/ledger.ts";
import { spentOn } from "../../../measures/spent.ts";
import type { View } from "../issue-view.ts";
import { dayOf } from "./day.ts";
import { spentByLoops } from "./loops-today.ts";
import { readFound } from "./other-ledgers.ts";
import { promisedOnPulls, readPullWork, spentOnPulls } from "./pull-work.ts";

/**
 * Work under way in the whole repository, and the models' cost today: by ledgers, comments on pull requests, and loops.
 */
export interface WorkToday {
  /** Recently written ledgers, by issue. That of the current issue is as it was read there. */
  readonly ledgers: ReadonlyMap<number, readonly SealedEntry[]>;
  /** Numbers of issues being built, without the current one. */
  readonly building: readonly number[];
  /** USD spent since midnight UTC. */
  readonly spent: number;
  /** USD that work under way may still spend: an order reserves its maximum. */
  readonly promised: number;
}

/** The most that one order of an issue may spend: what is left for the issue, and never more than a whole day's budget. */
export function mostFor({ config }: Pick<View, "config">, entries: readonly SealedEntry[]): number {
  const { usdPerIssue, usdPerDay } = config.limits;
  return Math.max(0, Math.min(usdPerIssue - spentOn(entries).usd, usdPerDay));
}

/** An untrusted ledger makes the day's cost unknown. */
export function readWorkToday(view: View): Part<WorkToday> {
  const found = view.snapshot.ledgers;
  if (found === undefined) return { unknown: "not asked for" };
  if ("unknown" in found) return found;
  const beside = besideIssues(view);
  if ("unknown" in beside) return beside;
  const own = view.issue?.number;
  const ledgers = new Map<number, readonly SealedEntry[]>();
  const building: number[] = [];
  let { promised } = beside.known;
  let spent = beside.known.spent + spentToday(view.ledger.entries, view.now);
  for (const [issue, claims] of Map.groupBy(found.known, (ledger) => ledger.issue)) {
    const entries = issue === own ? { known: view.ledger.entries } : entriesOf(view, claims);
    if ("unknown" in entries) return entries;
    ledgers.set(issue, entries.known);
    if (issue === own) continue;
    spent += spentToday(entries.known, view.now);
    if (stageOfLedger(entries.known) === "building") {
      building.push(issue);
      promised += mostFor(view, entries.known);
    }
  }
  return { known: { ledgers, building: building.toSorted((a, b) => a - b), spent, promised } };
}

/** Work that no ledger of an issue records: on pull requests, and by the roles of loops. */
function besideIssues(view: View): Part<Pick<WorkToday, "spent" | "promised">> {
  const loops = spentByLoops(view);
  if ("unknown" in loops) return loops;
  const onPulls = readPullWork(view);
  if ("unknown" in onPulls) return onPulls;
  return {
    known: {
      spent: loops.known + spentOnPulls(onPulls.known, view.now),
      promised: promisedOnPulls(onPulls.known, view.now),
    },
  };
}

function entriesOf(view: View, found: readonly FoundLedger[]): Part<readonly SealedEntry[]> {
  const [ledger, another] = found;
  if (ledger === undefined) return { known: [] };
  return another === undefined
    ? readFound(ledger, view)
    : { unknown: `issue ${ledger.issue} has two ledgers` };
}

function spentToday(entries: readonly SealedEntry[], now: string): number {
  return spentOn(entries.filter(({ at }) => dayOf(at) === dayOf(now))).usd;
}
