import type { Candidate, Line } from "./queue.ts";

const DAY_MS = 86_400_000;

/** Who comes first, before it is asked what touches what: smaller numbers do. */
export interface Ranked {
  readonly candidate: Candidate;
  readonly level: Level;
  /** How many issues of the same author come before it at its level, those under way among them. */
  readonly round: number;
}

interface Level {
  readonly urgency: number;
  readonly kind: number;
}

/**
 * By priority, which rises with every day that an issue waits, so that none waits forever; then defects before the rest;
 * then the authors in turn; then the older issue. What was begun comes before all that is new.
 */
export function rank(
  candidates: readonly Candidate[],
  inFlight: Line["inFlight"],
): readonly Ranked[] {
  const rounds = new Map<string, number>();
  const underWay = Map.groupBy(inFlight, ({ author }) => author);
  return candidates
    .map((candidate) => ({ candidate, level: levelOf(candidate) }))
    .toSorted(byLevelAndAge)
    .map(({ candidate, level }) => {
      const { author } = candidate;
      const key = `${level.urgency}/${level.kind}/${author}`;
      const round = rounds.get(key) ?? underWay.get(author)?.length ?? 0;
      rounds.set(key, round + 1);
      return { candidate, level, round };
    })
    .toSorted((one, other) => compareLevels(one, other) || byRoundAndAge(one, other));
}

export function isSameLevel(one: Ranked, other: Ranked): boolean {
  return compareLevels(one, other) === 0;
}

function levelOf({ isBegun, priority, waitedMs, isDefect }: Candidate): Level {
  return {
    urgency: isBegun ? Number.NEGATIVE_INFINITY : priority - Math.floor(waitedMs / DAY_MS),
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
