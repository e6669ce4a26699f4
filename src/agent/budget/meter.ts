import { type Budget, refuseOverBudget } from "../../domain/budget.ts";
import { addUsage, NO_USAGE, type Usage } from "../../domain/usage.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ModelTask } from "../../ports/model.ts";

export interface BudgetMeter {
  /** For ModelTask.beforeTurn: a refusal once any bound of the budget is reached, or the next request could exceed one. */
  readonly beforeTurn: ModelTask<unknown>["beforeTurn"];
  /** Records a finished task, so that the next one starts from the rest. */
  settle(spent: { readonly usage: Usage; readonly turns: number }): void;
  /** Cost of all recorded tasks. */
  spent(): { readonly usage: Usage; readonly turns: number };
}

/** One budget for all tasks of one worker; its wall clock starts here (threats GOV-05). */
export function budgetMeter(budget: Budget, clock: Clock): BudgetMeter {
  const startedAt = clock.elapsed();
  let usage = NO_USAGE;
  let turns = 0;
  return {
    beforeTurn: (task) =>
      refuseOverBudget(budget, {
        usage: addUsage(usage, task.usage),
        turns: turns + task.turns,
        elapsedMs: clock.elapsed() - startedAt,
        nextUsd: task.nextUsd,
      }),
    settle(task) {
      usage = addUsage(usage, task.usage);
      turns += task.turns;
    },
    spent: () => ({ usage, turns }),
  };
}
