import { stagesOf } from "../../domain/label.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { OnIssue, View } from "../observed/issue-view.ts";
import { entriesOf } from "../observed/ledger.ts";
import { dayOf } from "../observed/turns/day.ts";
import { compareTurns, waitingInTurn } from "../observed/turns/in-turn.ts";
import { mostFor, readWorkToday, type WorkToday } from "../observed/turns/work-today.ts";

/** USD by which sums of fractions may differ from what they are. */
const A_TRIFLE = 1e-6;

/**
 * Whether an attempt of this issue may start now, beside all others: a place is free, nobody who waits comes before it, and
 * the day still holds all that its order may spend. What was begun goes on before anything new.
 */
export function refuseTurn(view: OnIssue): Refusal | undefined {
  const work = readWorkToday(view);
  if ("unknown" in work) return unknownDay(work.unknown);
  const { building } = work.known;
  const { wip } = view.config.limits;
  const free = wip - building.length;
  if (free <= 0) {
    return {
      code: "turn-later",
      subject: "issues being built at a time",
      found: building.map((issue) => `issue ${issue}`).join(", "),
      accepted: `fewer than ${wip}`,
    };
  }
  const before = isBegun(view) ? [] : waitingBefore(view);
  if (before.length >= free) {
    return {
      code: "turn-later",
      subject: "the order of the issues that wait",
      found: before.map((issue) => `issue ${issue}`).join(", "),
      accepted: `fewer than ${free} before it`,
    };
  }
  const { usdPerIssue, usdPerDay } = view.config.limits;
  const kept = before.length * Math.min(usdPerIssue, usdPerDay);
  return refuseDay(view, { work: work.known, kept });
}

/** Whether the day holds what reading this issue may cost at most. A reading that runs meanwhile is not seen by this one. */
export function refuseReading(view: OnIssue): Refusal | undefined {
  const work = readWorkToday(view);
  return "unknown" in work
    ? unknownDay(work.unknown)
    : refuseDay(view, { work: work.known, kept: 0 });
}

function refuseDay(
  view: OnIssue,
  { work, kept }: { readonly work: WorkToday; readonly kept: number },
): Refusal | undefined {
  const { usdPerDay } = view.config.limits;
  const most = mostFor(view, view.ledger.entries);
  if (work.spent + work.promised + kept + most <= usdPerDay + A_TRIFLE) return undefined;
  const promised = work.promised + kept;
  return {
    code: "day-spent",
    subject: `USD on ${dayOf(view.now)} (UTC)`,
    found: `${work.spent.toFixed(2)} spent and ${promised.toFixed(2)} promised of ${usdPerDay}`,
    accepted: `${most.toFixed(2)} left, the most that its order may spend`,
  };
}

function unknownDay(found: string): Refusal {
  return {
    code: "state-unknown",
    subject: "what is under way and what the day has cost",
    found: found.slice(0, 2_000),
  };
}

function isBegun({ ledger }: View): boolean {
  return entriesOf(ledger.entries, "claimed").length > 0;
}

/** One that waits to be read takes no place. */
function waitingBefore(view: OnIssue): readonly number[] {
  const { issue, prefix } = view;
  return waitingInTurn(view)
    .filter(({ labels }) => stagesOf(prefix, labels).includes("ready"))
    .filter((other) => other.number !== issue.number && compareTurns(prefix, other, issue) < 0)
    .map(({ number }) => number);
}
