import type { Candidate, Hold, Limits, Line } from "./queue.ts";
import { isAsUrgent, type Ranked, rank } from "./rank.ts";
import { type Room, roomAfter, roomOf } from "./room.ts";
import { holdForBlockers } from "./rules/blocked.ts";
import { holdForFailures } from "./rules/failures.ts";
import { holdForMoney } from "./rules/money.ts";
import { holdForPeople } from "./rules/people.ts";
import { holdForPlace } from "./rules/places.ts";
import { DISJOINT, type Ground, groundOf } from "./scopes.ts";

/** Each rule may hold an issue; none releases one that another holds. Causes that waiting cannot cure come first. */
const RULES: readonly ((candidate: Candidate, room: Room) => Hold | undefined)[] = [
  holdForBlockers,
  holdForFailures,
  holdForPeople,
  holdForPlace,
  holdForMoney,
];

export interface Schedule {
  /** Issues that start now, in order. */
  readonly starts: readonly Candidate[];
  /** The other issues, each with the reason and the remaining capacity. */
  readonly held: ReadonlyMap<number, { readonly hold: Hold; readonly room: Room }>;
}

/**
 * Chooses which waiting issues start now. Work-conserving: any issue that no rule holds starts. Among equally urgent issues,
 * one that avoids files being changed goes first, and nobody waits for it.
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
  // A change that waits for a person is merged at an unknown time, so it blocks nobody.
  const changing = line.inFlight.filter(({ isBuilt }) => isBuilt).map(({ scope }) => scope);
  let room = roomOf(line, limits);
  // Capacity only shrinks, so an issue that a rule holds stays held for the rest of this pass.
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

/** Several rings for one issue count once, and work under way waits for nothing. */
function distinct(waiting: readonly Candidate[], { inFlight }: Line): readonly Candidate[] {
  const seen = new Set(inFlight.map(({ issue }) => issue));
  return waiting.filter(({ issue }) => !seen.has(issue) && seen.add(issue));
}

interface Choosing {
  /** Index of the first issue that nothing holds. */
  readonly index: number;
  readonly room: Room;
  readonly started: ReadonlySet<Candidate>;
  readonly ground: Ground;
}

/** The first issue as urgent as the next that collides with none; if all collide, the first with the least collision. */
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

/** Reading collides with nothing. */
function waysCrossed({ work, scope }: Candidate, ground: Ground): number {
  return work === "read" ? DISJOINT : ground.meets(scope);
}
