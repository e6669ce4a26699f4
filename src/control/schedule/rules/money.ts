import type { Candidate, Hold } from "../queue.ts";
import type { Room } from "../room.ts";

/** Rounding tolerance of sums, in USD. */
const A_TRIFLE = 1e-6;

/**
 * The day's budget has to cover all that an order may spend. If the ledger was not read, any remainder is enough,
 * because the run that starts the issue checks again to the cent.
 */
export function holdForMoney({ most }: Candidate, { left }: Room): Hold | undefined {
  const isEnough = "known" in most ? most.known <= left + A_TRIFLE : left > 0;
  if (isEnough) return undefined;
  const needed = "known" in most ? most.known.toFixed(2) : "something";
  return { rule: "money", found: `${left.toFixed(2)} left`, accepted: `${needed} left` };
}
