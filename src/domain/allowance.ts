import type { Budget } from "./budget.ts";
import type { Order, Worker } from "./order.ts";

/** The part of a line order's money that the worker which builds may not touch, so that what it built can be reviewed. */
const KEPT_FOR_REVIEW = 0.2;

/**
 * What one worker of an order may spend. Two workers of a line order ask a model, one after the other: the first gets all
 * but what is kept, the second what the first left over. Together they never get more than the order states.
 */
export function allowanceOf(
  order: Order,
  worker: { readonly name: Worker; readonly spentBeforeUsd: number },
): Budget {
  const { budget } = order;
  const kept = order.kind === "line" && worker.name === "implement" ? KEPT_FOR_REVIEW : 0;
  const left = budget.usd * (1 - kept) - worker.spentBeforeUsd;
  return { ...budget, usd: Math.max(0, left) };
}
