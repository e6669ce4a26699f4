import { z } from "zod";
import type { Refusal } from "./refusal.ts";
import type { Usage } from "./usage.ts";

/** Remaining budget of one worker. Code enforces it around every model call (threats GOV-05). */
export const Budget = z.strictObject({
  /** Input, cache and output tokens together. */
  tokens: z.int().positive(),
  usd: z.number().positive(),
  /** Assistant turns of the model loop. */
  turns: z.int().positive(),
  /** Wall clock of the whole worker, in ms. */
  wallClockMs: z.int().positive(),
});
export type Budget = z.infer<typeof Budget>;

export function tokensOf(usage: Usage): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.outputTokens;
}

/**
 * Undefined while something is left and the next request fits at its highest cost; otherwise a refusal that names the
 * exceeded bound and the amount.
 */
export function refuseOverBudget(
  budget: Budget,
  spent: {
    readonly usage: Usage;
    readonly turns: number;
    readonly elapsedMs: number;
    /** The highest possible cost of the next request, in USD. */
    readonly nextUsd: number;
  },
): Refusal | undefined {
  const bounds = [
    { name: "tokens", spent: tokensOf(spent.usage), limit: budget.tokens },
    { name: "USD", spent: spent.usage.usd, limit: budget.usd },
    { name: "turns", spent: spent.turns, limit: budget.turns },
    { name: "milliseconds", spent: spent.elapsedMs, limit: budget.wallClockMs },
  ];
  const over = bounds.find((bound) => bound.spent >= bound.limit);
  if (over !== undefined) {
    return {
      code: "budget-exhausted",
      subject: over.name,
      found: `${over.spent} spent`,
      accepted: `less than ${over.limit}`,
    };
  }
  if (spent.usage.usd + spent.nextUsd <= budget.usd) return undefined;
  return {
    code: "budget-exhausted",
    subject: "USD",
    found: `${cents(spent.usage.usd)} spent, and the next request may cost ${cents(spent.nextUsd)}`,
    accepted: `at most ${cents(budget.usd)} together`,
  };
}

/** Rounds to a hundredth of a cent: enough to tell which side of a bound an amount is on, without the tail of a sum of fractions. */
function cents(usd: number): string {
  return `${Number(usd.toFixed(4))}`;
}

/** The share of a line order's money that the building worker may not use, so that its result can be reviewed. */
const KEPT_FOR_REVIEW = 0.2;

/**
 * Budget of one worker of an order. Two workers of a line order ask a model, one after the other: the first gets all but
 * the reserved share, the second what the first left. Together they never exceed the order.
 */
export function allowanceOf(
  order: { readonly kind: string; readonly budget: Budget },
  worker: { readonly name: string; readonly spentBeforeUsd: number },
): Budget {
  const { budget } = order;
  const kept = order.kind === "line" && worker.name === "implement" ? KEPT_FOR_REVIEW : 0;
  const left = budget.usd * (1 - kept) - worker.spentBeforeUsd;
  return { ...budget, usd: Math.max(0, left) };
}
