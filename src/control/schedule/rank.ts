import type { Candidate, Line } from "./queue.ts";

/** Half a day, in milliseconds. An issue of the lowest priority can be overtaken by those of the next day, and by none after that. */
const RISES_AFTER_MS = 43_200_000;

/** Rank before collisions are considered: smaller numbers come first. */
export interface Ranked {
  readonly candidate: Candidate;
  readonly level: Level;
  /** Number of issues by the same author that come before it at its level, including those under way. */
  readonly round: number;
}

interface Level {
  readonly urgency: number;
  readonly kind: number;
}

/**
 * Ranks by priority, which rises with every half day of waiting, so that none waits forever; then defects first; then
 * authors in turn; then the older issue. Issues already begun come before all new ones.
 */
export function rank(
  candidates: readonly Candidate[],
  inFlight: Line["inFlight"],
): readonly Ranked[] {
  const underWay = new Map<number, number>();
  for (const { author } of inFlight) underWay.set(author, (underWay.get(author) ?? 0) + 1);
  const sorted = candidates
    .map((candidate) => ({ candidate, level: levelOf(candidate) }))
    .sort(byLevelAndAge);
  let rounds = new Map(underWay);
  const ranked = sorted.map((one, index): Ranked => {
    const before = sorted[index - 1];
    if (before !== undefined && compareLevels(before, one) !== 0) rounds = new Map(underWay);
    const round = rounds.get(one.candidate.author) ?? 0;
    rounds.set(one.candidate.author, round + 1);
    return { ...one, round };
  });
  return ranked.sort((one, other) => compareLevels(one, other) || byRoundAndAge(one, other));
}

/** Whether one may go before the other to avoid a collision. A defect that collides is built twice. */
export function isAsUrgent(one: Ranked, other: Ranked): boolean {
  return one.level.urgency === other.level.urgency;
}

function levelOf({ isBegun, priority, waitedMs, isDefect }: Candidate): Level {
  return {
    urgency: isBegun ? Number.NEGATIVE_INFINITY : priority - Math.floor(waitedMs / RISES_AFTER_MS),
    kind: isDefect ? 0 : 1,
  };
}

type Levelled = Pick<Ranked, "candidate" | "level">;

function compareLevels({ level: one }: Levelled, { level: other }: Levelled): number {
  if (one.urgency !== other.urgency) return one.urgency < other.urgency ? -1 : 1;
  return one.kind - other.kind;
}

function byLevelAndAge(one: Levelled, other: Levelled): number {
  return compareLevels(one, other) || one.candidate.issue - other.candidate.issue;
}

function byRoundAndAge(one: Ranked, other: Ranked): number {
  return one.round - other.round || one.candidate.issue - other.candidate.issue;
}
