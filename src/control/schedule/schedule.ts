import type { Candidate, Hold, Limits, Line } from "./queue.ts";
import { isAsUrgent, type Ranked, rank } from "./rank.ts";
import { type Room, roomAfter, roomOf } from "./room.ts";
import { holdForBlockers } from "./rules/blocked.ts";
import { holdForFailures } from "./rules/failures.ts";
import { holdForMoney } from "./rules/money.ts";
import { holdForPeople } from "./rules/people.ts";
import { holdForPlace } from "./rules/places.ts";
import { DISJOINT, type Ground, groundOf } from "./scopes.ts";

/** Each may hold an issue; none lets one start that another holds. What nobody can mend by waiting longer comes first. */
const RULES: readonly ((candidate: Candidate, room: Room) => Hold | undefined)[] = [
  holdForBlockers,
  holdForFailures,
  holdForPeople,
  holdForPlace,
  holdForMoney,
];

export interface Schedule {
  /** The issues that start now, the first one first. */
  readonly starts: readonly Candidate[];
  /** The others, each with why, and with what was left for it. */
  readonly held: ReadonlyMap<number, { readonly hold: Hold; readonly room: Room }>;
}

/**
 * Which of the waiting issues start now. Work-conserving: whoever no rule holds starts. Of those that are as urgent, one that keeps
 * out of what is being changed goes before one that does not, and is never waited for.
 *
 * @param most how many may start at once
 */
export function schedule(
  waiting: readonly Candidate[],
  now: { readonly line: Line; readonly limits: Limits; readonly most?: number },
): Schedule {
  const { line, limits, most = Number.POSITIVE_INFINITY } = now;
  const queue = rank(distinct(waiting, line), line.inFlight);
  const started = new Set<Candidate>();
  const held = new Map<number, { hold: Hold; room: Room }>();
  // A change that waits for a person is merged at some time that nobody knows: it is in nobody's way.
  const changing = line.inFlight.filter(({ isBuilt }) => isBuilt).map(({ scope }) => scope);
  let room = roomOf(line, limits);
  // Room only shrinks: whom a rule holds once, it holds for the rest of this pass.
  for (const [index, { candidate }] of queue.entries()) {
    while (started.size < most && !started.has(candidate)) {
      const hold = holdOf(candidate, room);
      if (hold !== undefined) {
        held.set(candidate.issue, { hold, room });
        break;
      }
      const next = choose(queue, { index, room, started, ground: groundOf(changing) });
      started.add(next);
      changing.push(next.scope);
      room = roomAfter(room, next);
    }
  }
  return { starts: [...started], held };
}

function holdOf(candidate: Candidate, room: Room): Hold | undefined {
  for (const rule of RULES) {
    const hold = rule(candidate, room);
    if (hold !== undefined) return hold;
  }
  return undefined;
}

/** A burst of rings for one issue is one, and what is under way waits for nothing. */
function distinct(waiting: readonly Candidate[], { inFlight }: Line): readonly Candidate[] {
  const seen = new Set(inFlight.map(({ issue }) => issue));
  return waiting.filter(({ issue }) => !seen.has(issue) && seen.add(issue));
}

interface Choosing {
  /** Where the first one stands that nothing holds. */
  readonly index: number;
  readonly room: Room;
  readonly started: ReadonlySet<Candidate>;
  readonly ground: Ground;
}

/** The first one as urgent as the next that is in nobody's way; where each is in somebody's, the first that is least so. */
function choose(queue: readonly Ranked[], choosing: Choosing): Candidate {
  const { index, room, started, ground } = choosing;
  const first = queue[index];
  if (first === undefined) throw new Error("Nothing is left to choose from.");
  let best = first.candidate;
  let least = waysCrossed(best, ground);
  for (const one of asUrgentAfter(queue, index)) {
    if (least === DISJOINT) break;
    const crossed = waysCrossed(one, ground);
    if (crossed >= least || started.has(one) || holdOf(one, room) !== undefined) continue;
    [best, least] = [one, crossed];
  }
  return best;
}

function* asUrgentAfter(queue: readonly Ranked[], index: number): Iterable<Candidate> {
  const first = queue[index];
  for (let at = index + 1; ; at += 1) {
    const one = queue[at];
    if (first === undefined || one === undefined || !isAsUrgent(one, first)) return;
    if (one.candidate.work === "build") yield one.candidate;
  }
}

/** What is only read is in nobody's way. */
function waysCrossed({ work, scope }: Candidate, ground: Ground): number {
  return work === "read" ? DISJOINT : ground.meets(scope);
}
