import { type EventOf, isApprovedByPerson, type LedgerEvent } from "../../domain/ledger.ts";
import type { SmokeStatus } from "../../domain/smoke.ts";
import { mistakesOfLedger } from "../learning/mistakes-of-ledger.ts";
import type {
  ChangedLines,
  Deployment,
  Escape,
  Merge,
  SendBack,
  Spending,
  Stay,
  Stop,
  Work,
} from "./history.ts";
import { present } from "./present.ts";
import type { ReadEntry, ReadLedger } from "./read-ledger.ts";
import { reasonsOf } from "./send-back-reasons.ts";

type Kind = LedgerEvent["kind"];
type EntryOf<K extends Kind> = ReadEntry & { readonly event: EventOf<K> };

function entriesOf<K extends Kind>({ entries }: ReadLedger, kind: K): readonly EntryOf<K>[] {
  return entries.filter((entry): entry is EntryOf<K> => entry.event.kind === kind);
}

/** Returns the lines that a commit added, if known. */
export type LinesOf = (commit: string) => readonly ChangedLines[] | undefined;

/** Merges and reverts, by the ledgers. */
export function mergesOfLedgers(
  ledgers: readonly ReadLedger[],
  linesOf: LinesOf,
): readonly Merge[] {
  return ledgers.flatMap((ledger) => {
    const landed = [...entriesOf(ledger, "merged"), ...entriesOf(ledger, "reverted")];
    return landed.map((entry) => mergeOf(ledger, entry, linesOf));
  });
}

function mergeOf(
  ledger: ReadLedger,
  { at, event }: EntryOf<"merged"> | EntryOf<"reverted">,
  linesOf: LinesOf,
): Merge {
  const { pullRequest, commit } = event;
  const published = entriesOf(ledger, "published");
  const begunAt = published.findLast((one) => one.event.pullRequest === pullRequest)?.at;
  const reverted = entriesOf(ledger, "reverted").find((one) => one.event.reverts === commit);
  const lines = linesOf(commit);
  return {
    ...{ id: `#${pullRequest}`, commit, issue: ledger.issue, mergedAt: at, writer: "agent" },
    person: event.by === "person",
    ...present({
      ...{ begunAt, takenBackAt: reverted?.at, lines },
      repairs: event.kind === "reverted" ? (true as const) : undefined,
    }),
  };
}

const OUTCOMES = {
  passed: "well",
  failed: "failed",
  flaky: "unknown",
  unreachable: "unknown",
  "red-before": "unknown",
  "not-deployed": "unknown",
  waiting: "unknown",
  "nothing-to-probe": "unknown",
} as const satisfies Record<SmokeStatus, Deployment["outcome"]>;

/** A commit counts as deployed once a smoke test has seen it live. A requested deploy is no proof. */
export function deploymentsOfLedgers(ledgers: readonly ReadLedger[]): readonly Deployment[] {
  return ledgers.flatMap((ledger) => {
    const smoked = entriesOf(ledger, "smoked");
    const repairs = new Set(entriesOf(ledger, "reverted").map(({ event }) => event.commit));
    const live = smoked.filter(({ event }) => event.live === true);
    return [...Map.groupBy(live, ({ event }) => event.commit)].map(([commit, seen]) => ({
      ...{ commit, at: seen[0]?.at ?? "" },
      ...outcomeOf(seen, smoked),
      ...(repairs.has(commit) ? { repairs: true as const } : {}),
    }));
  });
}

/** @param seen of one commit @param smoked of all commits of its issue */
function outcomeOf(
  seen: readonly EntryOf<"smoked">[],
  smoked: readonly EntryOf<"smoked">[],
): Pick<Deployment, "outcome" | "recoveredAt"> {
  const failed = seen.find(({ event }) => event.status === "failed");
  if (failed === undefined) {
    return { outcome: OUTCOMES[seen.at(-1)?.event.status ?? "unreachable"] };
  }
  const well = smoked.find(({ at, event }) => at > failed.at && event.status === "passed");
  return { outcome: "failed", ...(well === undefined ? {} : { recoveredAt: well.at }) };
}

/**
 * The factory's records of its work. @param onPulls costs of pull requests that are no attempt of an issue; absent:
 * unknown
 */
export function workOfLedgers(
  ledgers: readonly ReadLedger[],
  onPulls: readonly Spending[] = [],
): Work {
  const all = <Part>(of: (ledger: ReadLedger) => readonly Part[]) => ledgers.flatMap(of);
  return {
    stays: all(staysOf),
    attempts: all((ledger) =>
      entriesOf(ledger, "claimed").map(({ at, event }) => ({
        ...{ issue: ledger.issue, attempt: event.attempt, at },
      })),
    ),
    sendBacks: all(sendBacksOf),
    refusals: all((ledger) =>
      entriesOf(ledger, "refused").map(({ at, event }) => ({
        ...{ issue: ledger.issue, at, code: event.refusal.code },
      })),
    ),
    spendings: [
      ...all(({ issue, entries }) =>
        entries.flatMap(({ at, usage }) =>
          usage === undefined ? [] : [{ issue, at, usd: usage.usd }],
        ),
      ),
      ...onPulls,
    ],
    escapes: all(escapesOf),
    mistakes: all(mistakesOfLedger),
    people: all(({ issue, entries }) =>
      entries.flatMap(({ at, event }) => (isOfPerson(event) ? [{ issue, at }] : [])),
    ),
  };
}

/** Each stage from the entry that begins it to the next one of another stage. */
function staysOf({ issue, entries }: ReadLedger): readonly Stay[] {
  const begins = entries.filter((entry, index) => entry.stage !== entries[index - 1]?.stage);
  return begins.map(({ stage, at }, index) => {
    const until = begins[index + 1]?.at;
    return { issue, stage, from: at, ...(until === undefined ? {} : { until }) };
  });
}

function sendBacksOf(ledger: ReadLedger): readonly SendBack[] {
  const { issue, entries } = ledger;
  return entries.flatMap(({ at, event }, index) =>
    event.kind === "sent-back"
      ? [{ issue, attempt: event.attempt, at, reasons: reasonsOf(entries, index) }]
      : [],
  );
}

/** A recurring alert is one defect. */
function escapesOf(ledger: ReadLedger): readonly Escape[] {
  const found = entriesOf(ledger, "escaped").map(
    ({ at, event }) =>
      [event.fingerprint, { issue: ledger.issue, at, commit: event.commit }] as const,
  );
  return [...new Map(found.toReversed()).values()];
}

/** Adding the label asks for work, and is no help with it. */
function isOfPerson(event: LedgerEvent): boolean {
  switch (event.kind) {
    case "commanded":
      return true;
    case "approved":
      return isApprovedByPerson(event);
    case "merged":
    case "reverted":
      return event.by === "person";
    default:
      return false;
  }
}

/** Each time that a smoke test stopped the line: from its failure until production was seen well, or a person closed the incident. */
export function stopsOfLedgers(
  ledgers: readonly ReadLedger[],
  closedAt: (issue: number) => string | undefined,
): readonly Stop[] {
  const found = ledgers.flatMap((ledger) =>
    entriesOf(ledger, "smoked").flatMap(({ at, event }) => {
      const { incident } = event;
      if (incident === undefined) return [];
      const well = entriesOf(ledger, "smoked").find(
        (one) => one.at > at && one.event.status === "passed",
      );
      const liftedAt = closedAt(incident) ?? well?.at;
      const stop: Stop = {
        ...{ issue: incident, because: "production", raisedAt: at },
        ...(liftedAt === undefined ? {} : { liftedAt }),
      };
      return [[incident, stop] as const];
    }),
  );
  return [...new Map(found.toReversed()).values()];
}
