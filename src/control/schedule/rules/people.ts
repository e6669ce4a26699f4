import type { Candidate, Hold } from "../queue.ts";
import type { Room } from "../room.ts";

/**
 * The decision budget: an issue does not start if its decision would fall to people who have enough waiting. Any of them
 * may answer, so one with room is enough. Work that may not end at a person is not held.
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
