import { z } from "zod";
import type { Refusal } from "./refusal.ts";
import type { Usage } from "./usage.ts";

/** What one worker may still spend. Enforced in code around every model call (threats GOV-05). */
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

/** Undefined while something is left, else a refusal that names which bound was reached and by how much. */
export function refuseOverBudget(
  budget: Budget,
  spent: { readonly usage: Usage; readonly turns: number; readonly elapsedMs: number },
): Refusal | undefined {
  const bounds = [
    { name: "tokens", spent: tokensOf(spent.usage), limit: budget.tokens },
    { name: "USD", spent: spent.usage.usd, limit: budget.usd },
    { name: "turns", spent: spent.turns, limit: budget.turns },
    { name: "milliseconds", spent: spent.elapsedMs, limit: budget.wallClockMs },
  ];
  const over = bounds.find((bound) => bound.spent >= bound.limit);
  if (over === undefined) return undefined;
  return {
    code: "budget-exhausted",
    subject: over.name,
    found: `${over.spent} spent`,
    accepted: `less than ${over.limit}`,
  };
}
