import type { OwnComment, Part } from "../../../domain/github/snapshot.ts";
import { type SealedEntry, stageOfLedger } from "../../../domain/ledger.ts";
import { spentOn } from "../../../measures/spent.ts";
import type { View } from "../issue-view.ts";
import { type LedgerState, readLedger } from "../ledger.ts";
import { dayOf } from "./day.ts";

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
  const { ownComments } = view.snapshot;
  if (ownComments === undefined) return { unknown: "not asked for" };
  if ("unknown" in ownComments) return ownComments;
  const others = ownComments.known.filter(({ issue }) => issue !== view.issue?.number);
  const building: number[] = [];
  let promised = 0;
  let spent = spentToday(view.ledger.entries, view.now);
  for (const [issue, comments] of Map.groupBy(others, (comment) => comment.issue)) {
    const { entries, refusal } = ledgerOf(view, issue, comments);
    if (refusal !== undefined) {
      return { unknown: `the ledger of issue ${issue} cannot be trusted: ${refusal.found ?? ""}` };
    }
    spent += spentToday(entries, view.now);
    if (stageOfLedger(entries) === "building") {
      building.push(issue);
      promised += mostFor(view, entries);
    }
  }
  return { known: { building: building.toSorted((a, b) => a - b), spent, promised } };
}

function ledgerOf(
  { input, snapshot }: View,
  issue: number,
  comments: readonly OwnComment[],
): LedgerState {
  return readLedger(comments, {
    identity: input.identity.id,
    place: { repositoryId: snapshot.repository.id, issue },
    // What is of no ledger is passed over: contracts, questions, comments on pull requests.
    queued: true,
    ...(input.sealKey === undefined ? {} : { key: input.sealKey }),
  });
}

function spentToday(entries: readonly SealedEntry[], now: string): number {
  return spentOn(entries.filter(({ at }) => dayOf(at) === dayOf(now))).usd;
}
