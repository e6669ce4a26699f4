import type { FoundLedger, Part } from "../../../domain/github/snapshot.ts";
import { type SealedEntry, stageOfLedger } from "../../../domain/ledger.ts";
import { spentOn } from "../../../measures/spent.ts";
import type { View } from "../issue-view.ts";
import { dayOf } from "./day.ts";
import { readFound } from "./other-ledgers.ts";
import { promisedOnPulls, readPullWork, spentOnPulls } from "./pull-work.ts";

/** What is under way in the whole repository, and what the models cost today, by the ledgers and by what stands on pull requests. */
export interface WorkToday {
  /** Ledgers that were written to lately, by their issue; that of the issue which is looked at stands as it was read there. */
  readonly ledgers: ReadonlyMap<number, readonly SealedEntry[]>;
  /** Numbers of the issues that are being built, but for the one that is looked at. */
  readonly building: readonly number[];
  /** USD spent since midnight UTC. */
  readonly spent: number;
  /** USD that those being built, or mended, may still spend: an order reserves its maximum. */
  readonly promised: number;
}

/** The most that one order of an issue may spend: what is left for the issue, and never more than a whole day. */
export function mostFor({ config }: Pick<View, "config">, entries: readonly SealedEntry[]): number {
  const { usdPerIssue, usdPerDay } = config.limits;
  return Math.max(0, Math.min(usdPerIssue - spentOn(entries).usd, usdPerDay));
}

/** A ledger that is not trusted says nothing, so that nobody knows what the day has cost. */
export function readWorkToday(view: View): Part<WorkToday> {
  const found = view.snapshot.ledgers;
  if (found === undefined) return { unknown: "not asked for" };
  if ("unknown" in found) return found;
  const own = view.issue?.number;
  const ledgers = new Map<number, readonly SealedEntry[]>();
  const building: number[] = [];
  const onPulls = readPullWork(view);
  if ("unknown" in onPulls) return onPulls;
  let promised = promisedOnPulls(onPulls.known, view.now);
  let spent = spentToday(view.ledger.entries, view.now) + spentOnPulls(onPulls.known, view.now);
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
