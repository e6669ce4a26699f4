import type { LedgerEvent, SealedEntry } from "../../domain/ledger.ts";
import { isFailure } from "../../domain/refusal.ts";
import { millisecondsBetween } from "../../domain/text/time.ts";
import type { Failure } from "./queue.ts";

/** The purpose of work on an issue, and the events that show that it succeeded. */
const CAME_TO = {
  read: ["asked", "proposed"],
  build: ["published", "sent-back"],
} as const satisfies Record<Failure["work"], readonly LedgerEvent["kind"][]>;

type Work = Failure["work"];

interface Step extends Omit<Failure, "kind"> {
  readonly event: LedgerEvent;
}

/** Steps that failed without a fault of the change, since that sort of work last succeeded on any issue. */
export function readFailures(
  now: string,
  ledgers: ReadonlyMap<number, readonly SealedEntry[]>,
): readonly Failure[] {
  const steps = [...ledgers].flatMap(([issue, entries]) => stepsOf(issue, entries, now));
  const lastMs = { read: latestOf(steps, "read"), build: latestOf(steps, "build") };
  return steps.flatMap(({ issue, work, event, agoMs }) =>
    event.kind === "refused" && isFailure(event.refusal) && agoMs < lastMs[work]
      ? [{ issue, work, kind: event.refusal.code, agoMs }]
      : [],
  );
}

function stepsOf(issue: number, entries: readonly SealedEntry[], now: string): readonly Step[] {
  let work: Work = "read";
  return entries.map(({ at, event }) => {
    if (event.kind === "submitted") work = "read";
    if (event.kind === "claimed") work = "build";
    return { issue, work, event, agoMs: millisecondsBetween(at, now) };
  });
}

function latestOf(steps: readonly Step[], work: Work): number {
  const kinds: readonly LedgerEvent["kind"][] = CAME_TO[work];
  const came = steps.filter(({ event }) => kinds.includes(event.kind));
  return came.reduce((least, { agoMs }) => Math.min(least, agoMs), Number.POSITIVE_INFINITY);
}
