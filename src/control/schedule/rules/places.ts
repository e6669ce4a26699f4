import type { Candidate, Hold } from "../queue.ts";
import type { Room } from "../room.ts";

/** The config limits how many issues are built at a time. Reading takes no place. */
export function holdForPlace({ work }: Candidate, { places, limits }: Room): Hold | undefined {
  if (work === "read" || places > 0) return undefined;
  const found = "no place is free";
  return { rule: "places", found, accepted: `fewer than ${limits.wip}` };
}
