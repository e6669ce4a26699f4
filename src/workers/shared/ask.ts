import { type BudgetMeter, budgetMeter } from "../../agent/budget/meter.ts";
import type { Budget } from "../../domain/budget.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { NO_USAGE } from "../../domain/usage.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model, ModelTask } from "../../ports/model.ts";
import type { Meter } from "./meter.ts";
import { noteReading } from "./reading.ts";

/** Asks the model within one worker's budget, whatever the number of tasks. */
export interface Asker {
  /** For every task that goes through `ask`. */
  readonly beforeTurn: ModelTask<unknown>["beforeTurn"];
  ask<Answer>(
    task: ModelTask<Answer>,
  ): Promise<{ readonly answer: Answer } | { readonly refusal: Refusal }>;
  /** The same budget with a smaller one inside it, for one role. The first to be spent ends the task. */
  within(budget: Budget): Shared;
  /** Cost of all its tasks. */
  spent(): ReturnType<BudgetMeter["spent"]>;
}

/** An asker with its own limit. */
export interface Shared extends Asker {
  readonly budget: Budget;
}

/** Starts the wall clock of the budget; the cost and reads of every task also go to `meter`. */
export function createAsker(
  allowance: Budget,
  ports: { readonly model: Model; readonly clock: Clock; readonly meter: Meter },
): Asker {
  return askerOf([budgetMeter(allowance, ports.clock)], ports);
}

/** Every meter is checked before a turn, the outermost first, and each receives the cost of a task. */
function askerOf(
  meters: readonly BudgetMeter[],
  ports: { readonly model: Model; readonly clock: Clock; readonly meter: Meter },
): Asker {
  const beforeTurn: Asker["beforeTurn"] = (spent) => {
    for (const meter of meters) {
      const refusal = meter.beforeTurn(spent);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };
  return {
    beforeTurn,
    async ask(task) {
      const tools = task.tools.map((tool) => noteReading(tool, ports.meter.noteRead));
      const outcome = await ports.model.perform({ ...task, tools });
      for (const meter of meters) meter.settle(outcome);
      ports.meter.add(outcome.usage);
      return outcome.kind === "answered"
        ? { answer: outcome.answer }
        : { refusal: outcome.refusal };
    },
    within: (budget) => ({
      ...askerOf([...meters, budgetMeter(budget, ports.clock)], ports),
      budget,
    }),
    spent: () => meters.at(-1)?.spent() ?? { usage: NO_USAGE, turns: 0 },
  };
}
