import { type Budget, tokensOf } from "../../../domain/budget.ts";
import type { Share } from "../../../domain/evidence/tests-written.ts";
import type { Asker } from "../../shared/ask.ts";

/** Shares of the order's tokens, money and turns for the two writing roles. The wall clock is shared. */
const PARTS = { tester: 0.3, coder: 0.7 } as const;

export function partOf(budget: Budget, role: keyof typeof PARTS): Budget {
  const part = PARTS[role];
  return {
    ...budget,
    tokens: Math.max(1, Math.floor(budget.tokens * part)),
    usd: budget.usd * part,
    turns: Math.max(1, Math.floor(budget.turns * part)),
  };
}

/** Cost of a role beside its limit. */
export function shareOf(
  role: Share["role"],
  rounds: number,
  given: { readonly spent: ReturnType<Asker["spent"]>; readonly budget: Budget },
): Share {
  const { spent, budget } = given;
  const { tokens, usd, turns } = budget;
  return {
    role,
    rounds,
    turns: spent.turns,
    tokens: tokensOf(spent.usage),
    usd: spent.usage.usd,
    limit: { turns, tokens, usd },
  };
}
