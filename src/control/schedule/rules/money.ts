import type { Candidate, Hold } from "../queue.ts";
import type { Room } from "../room.ts";

/** USD by which sums of fractions may differ from what they are. */
const A_TRIFLE = 1e-6;

/**
 * The day holds all that an order may spend. Where the ledger was not read it is enough that something is left: whoever
 * starts the issue counts again, to the cent.
 */
export function holdForMoney({ most }: Candidate, { left }: Room): Hold | undefined {
  const isEnough = "known" in most ? most.known <= left + A_TRIFLE : left > 0;
  if (isEnough) return undefined;
  const needed = "known" in most ? most.known.toFixed(2) : "something";
  return { rule: "money", found: `${left.toFixed(2)} left`, accepted: `${needed} left` };
}
