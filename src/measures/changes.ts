import type { LedgerEntry } from "../domain/ledger.ts";

type Entries = readonly Pick<LedgerEntry, "at" | "event">[];

/**
 * How a change failed in production: its merge was `taken-back`; its smoke test `failed` and a person repaired it
 * otherwise; or its defect `escaped` the fix.
 */
export type Failing = "taken-back" | "failed" | "escaped";

/** A change that was merged. */
export interface Change {
  readonly pullRequest: number;
  /** Its merge commit. */
  readonly commit: string;
  readonly mergedAt: string;
  /** Absent: the ledger knows no failure. */
  readonly failed?: Failing;
}

/** Each merge of an issue with its later fate, by its ledger. A revert is no change of its own. */
export function changesOf(entries: Entries): readonly Change[] {
  return entries.flatMap(({ at, event }) => {
    if (event.kind !== "merged") return [];
    const { pullRequest, commit } = event;
    const failed = failingOf(entries, commit);
    return [{ pullRequest, commit, mergedAt: at, ...(failed === undefined ? {} : { failed }) }];
  });
}

function failingOf(entries: Entries, commit: string): Failing | undefined {
  const events = entries.map(({ event }) => event);
  if (events.some((one) => one.kind === "reverted" && one.reverts === commit)) return "taken-back";
  const failed = events.some(
    (one) => one.kind === "smoked" && one.commit === commit && one.status === "failed",
  );
  if (failed) return "failed";
  const escaped = events.some((one) => one.kind === "escaped" && one.commit === commit);
  return escaped ? "escaped" : undefined;
}

/** The change failure rate over issues: the share of their merges that failed, each countable by its pull request. */
export interface ChangeFailures {
  readonly merges: number;
  readonly failed: readonly Change[];
  /** Null without merges. */
  readonly rate: number | null;
}

export function changeFailures(ledgers: readonly Entries[]): ChangeFailures {
  const changes = ledgers.flatMap(changesOf);
  const failed = changes.filter((change) => change.failed !== undefined);
  const rate = changes.length === 0 ? null : failed.length / changes.length;
  return { merges: changes.length, failed, rate };
}
