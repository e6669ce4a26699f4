import { budgetMeter } from "../../agent/budget/meter.ts";
import type { Budget } from "../../domain/budget.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model, ModelTask } from "../../ports/model.ts";
import type { Meter } from "./meter.ts";
import { noteReading } from "./reading.ts";

/** Asks the model within the one budget of a worker, whatever the number of tasks. */
export interface Asker {
  /** For every task that goes through `ask`. */
  readonly beforeTurn: ModelTask<unknown>["beforeTurn"];
  ask<Answer>(
    task: ModelTask<Answer>,
  ): Promise<{ readonly answer: Answer } | { readonly refusal: Refusal }>;
}

/** The wall clock of the budget starts here; what every task spends and looks at goes to `meter` as well. */
export function createAsker(
  allowance: Budget,
  ports: { readonly model: Model; readonly clock: Clock; readonly meter: Meter },
): Asker {
  const budget = budgetMeter(allowance, ports.clock);
  return {
    beforeTurn: budget.beforeTurn,
    async ask(task) {
      const tools = task.tools.map((tool) => noteReading(tool, ports.meter.noteRead));
      const outcome = await ports.model.perform({ ...task, tools });
      budget.settle(outcome);
      ports.meter.add(outcome.usage);
      return outcome.kind === "answered"
        ? { answer: outcome.answer }
        : { refusal: outcome.refusal };
    },
  };
}
