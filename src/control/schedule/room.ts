import type { Candidate, Limits, Line } from "./queue.ts";

/** Capacity left for the next start. Each start takes its part. */
export interface Room {
  /** Number of issues that may still start building. */
  readonly places: number;
  /** Number of starts in this pass. */
  readonly started: number;
  /** USD. */
  readonly left: number;
  /** Decisions that wait for a person, or will once work under way has ended; undefined if unknown. */
  readonly decisions: ReadonlyMap<string, number> | undefined;
  readonly limits: Limits;
  readonly line: Line;
}

export function roomOf(line: Line, limits: Limits): Room {
  const built = line.inFlight.filter(({ isBuilt }) => isBuilt);
  const waiting = "known" in line.decisions ? line.decisions.known : undefined;
  return {
    places: limits.wip - built.length,
    started: 0,
    left: line.left,
    decisions: waiting && built.reduce(withDecision, waiting),
    limits,
    line,
  };
}

export function roomAfter(room: Room, started: Candidate): Room {
  const { usdPerIssue } = room.limits;
  return {
    ...room,
    places: room.places - (started.work === "build" ? 1 : 0),
    started: room.started + 1,
    left: room.left - ("known" in started.most ? started.most.known : usdPerIssue),
    decisions: room.decisions && withDecision(room.decisions, started),
  };
}

function withDecision(
  decisions: ReadonlyMap<string, number>,
  { asks }: Pick<Candidate, "asks">,
): ReadonlyMap<string, number> {
  if ("unknown" in asks || asks.known.length === 0) return decisions;
  const counted = new Map(decisions);
  for (const person of asks.known) counted.set(person, (counted.get(person) ?? 0) + 1);
  return counted;
}
