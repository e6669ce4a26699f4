import type { Candidate, Hold } from "../queue.ts";
import type { Room } from "../room.ts";

/**
 * The decision budget: what ends at people who have enough to decide already does not start. Any of them may answer, so that
 * one who has time is enough. Work of which nobody can say that it ends at a person is not held.
 */
export function holdForPeople({ asks }: Candidate, room: Room): Hold | undefined {
  const { decisions, limits } = room;
  if (decisions === undefined || "unknown" in asks || asks.known.length === 0) return undefined;
  const waiting = asks.known.map((person) => decisions.get(person) ?? 0);
  const least = Math.min(...waiting);
  if (least < limits.waitingForPeople) return undefined;
  return {
    rule: "people",
    found: `${least} decisions wait for whom this one would ask`,
    accepted: `fewer than ${limits.waitingForPeople}`,
  };
}
