import type { FoundLedger, Part } from "../../../domain/github/snapshot.ts";
import { type SealedEntry, stageOfLedger } from "../../../domain/ledger.ts";
import { spentOn } from "../../../measures/spent.ts";
import type { View } from "../issue-view.ts";
import { dayOf } from "./day.ts";
import { readFound } from "./other-ledgers.ts";

/** What is under way in the whole repository, and what the models cost today, both by the ledgers alone. */
export interface WorkToday {
  /** Numbers of the issues that are being built, but for the one that is looked at. */
  readonly building: readonly number[];
  /** USD spent since midnight UTC. */
  readonly spent: number;
  /** USD that those being built may still spend: an order reserves its maximum. */
  readonly promised: number;
}

/** The most that one order of an issue may spend: what is left for the issue, and never more than a whole day. */
export function mostFor({ config }: Pick<View, "config">, entries: readonly SealedEntry[]): number {
  const { usdPerIssue, usdPerDay } = config.limits;
  return Math.max(0, Math.min(usdPerIssue - spentOn(entries).usd, usdPerDay));
}

/** A ledger that is not trusted says nothing, so that nobody knows what the day has cost. */
export function readWorkToday(view: View): Part<WorkToday> {
  const { ledgers } = view.snapshot;
  if (ledgers === undefined) return { unknown: "not asked for" };
  if ("unknown" in ledgers) return ledgers;
  const others = ledgers.known.filter(({ issue }) => issue !== view.issue?.number);
  const building: number[] = [];
  let promised = 0;
  let spent = spentToday(view.ledger.entries, view.now);
  for (const [issue, found] of Map.groupBy(others, (ledger) => ledger.issue)) {
    const entries = entriesOf(view, found);
    if ("unknown" in entries) return entries;
    spent += spentToday(entries.known, view.now);
    if (stageOfLedger(entries.known) === "building") {
      building.push(issue);
      promised += mostFor(view, entries.known);
    }
  }
  return { known: { building: building.toSorted((a, b) => a - b), spent, promised } };
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
