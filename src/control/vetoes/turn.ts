import { stagesOf } from "../../domain/label.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { waitingInTurn } from "../observed/turns/in-turn.ts";
import { mostFor, readWorkToday, type WorkToday } from "../observed/turns/work-today.ts";
import type { Candidate, Hold } from "../schedule/queue.ts";
import { readCandidate } from "../schedule/read-candidate.ts";
import { limitsOf, readLine } from "../schedule/read-line.ts";
import type { Room } from "../schedule/room.ts";
import { type Schedule, schedule } from "../schedule/schedule.ts";
import { unknownDay } from "../schedule/turns.ts";
import { daySpent } from "./day.ts";

/**
 * Whether an attempt of this issue may start now, beside all others, by the rules of the schedule. Its own ledger is
 * exact, even if others were not read.
 */
export function refuseTurn(view: OnIssue): Refusal | undefined {
  const work = readWorkToday(view);
  if ("unknown" in work) return unknownDay(work.unknown);
  const own: Candidate = { ...ownCandidate(view, work.known), work: "build" };
  const others = waitingInTurn(view)
    .filter(({ labels }) => stagesOf(view.prefix, labels).includes("ready"))
    .filter(({ number }) => number !== view.issue.number)
    .map((seen) => readCandidate(view, seen, work.known.ledgers.get(seen.number)));
  return refuse(view, { own, others, work: work.known });
}

/** Whether this issue may be read now. A reading at the same time is not visible. */
export function refuseReading(view: OnIssue): Refusal | undefined {
  const work = readWorkToday(view);
  if ("unknown" in work) return unknownDay(work.unknown);
  const own: Candidate = { ...ownCandidate(view, work.known), work: "read" };
  return refuse(view, { own, others: [], work: work.known });
}

/** Seen as all others are, so that two runs agree on who goes first. */
function ownCandidate(view: OnIssue, { ledgers }: WorkToday): Candidate {
  const { entries } = view.ledger;
  const seen = readCandidate(view, view.issue, ledgers.get(view.issue.number));
  return {
    ...seen,
    isBegun: entries.some(({ event }) => event.kind === "claimed"),
    most: { known: mostFor(view, entries) },
  };
}

interface Turn {
  readonly own: Candidate;
  readonly others: readonly Candidate[];
  readonly work: WorkToday;
}

function refuse(view: OnIssue, { own, others, work }: Turn): Refusal | undefined {
  const line = readLine(view, work);
  const found = schedule([own, ...others], { line, limits: limitsOf(view) });
  const held = found.held.get(own.issue);
  if (held === undefined) return undefined;
  switch (held.hold.rule) {
    case "money":
      return refuseMoney(view, { own, room: held.room, work });
    case "places":
      return refusePlace(view, { found, work });
    case "blocked":
    case "failures":
    case "people":
      return { code: "turn-later", ...SUBJECTS[held.hold.rule], ...saidOf(held.hold) };
  }
}

const SUBJECTS = {
  blocked: { subject: "issues that block this one", hint: "close-what-blocks" },
  failures: { subject: "failures of one kind, one after the other", hint: "look-at-failures" },
  people: { subject: "decisions that wait for one person", hint: "answer-what-waits" },
} as const;

function saidOf({ found, accepted }: Hold): Pick<Refusal, "found" | "accepted"> {
  return { found: found.slice(0, 2_000), accepted };
}

function refusePlace(
  view: OnIssue,
  { found, work }: { readonly found: Schedule; readonly work: WorkToday },
): Refusal {
  const { wip } = view.config.limits;
  const free = wip - work.building.length;
  const named = (issues: readonly number[]) => issues.map((issue) => `issue ${issue}`).join(", ");
  if (free <= 0) {
    return {
      code: "turn-later",
      subject: "issues being built at a time",
      found: named(work.building),
      accepted: `fewer than ${wip}`,
    };
  }
  return {
    code: "turn-later",
    subject: "the order of the issues that wait",
    found: named(found.starts.map(({ issue }) => issue)),
    accepted: `fewer than ${free} before it`,
  };
}

function refuseMoney(
  view: OnIssue,
  { own, room, work }: { readonly own: Candidate; readonly room: Room; readonly work: WorkToday },
): Refusal {
  const { usdPerDay } = view.config.limits;
  const most = "known" in own.most ? own.most.known : usdPerDay;
  return daySpent(view, { spent: work.spent, promised: usdPerDay - work.spent - room.left, most });
}
