import type { Refusal } from "../../../domain/refusal.ts";
import type { Model, ModelOutcome, ModelTask } from "../../../ports/model.ts";
import type { End } from "./end.ts";
import { FINISH, type FinishTool, finishTool } from "./finish-tool.ts";
import { type PriceOf, type Spending, spending } from "./spending.ts";

/** One task on its way: what is asked, the tool that takes the answer, and the meter that every request is booked on. */
export interface Exchange<Answer> {
  readonly task: ModelTask<Answer>;
  readonly finish: FinishTool<Answer>;
  readonly spent: Spending;
}

/** The part of a model that differs from provider to provider. */
export interface Provider {
  /** Why no request can be made at all (a secret that is missing), before anything is spent. */
  unready(): Refusal | undefined;
  /** Talks until there is an answer or a reason why there is none. Asks the budget before each turn but the first. */
  converse<Answer>(exchange: Exchange<Answer>): Promise<End<Answer>>;
}

/** A model behind a provider: what is refused before the first request, and what was spent when it ends. */
export function modelOf(provider: Provider, prices: PriceOf): Model {
  return {
    async perform<Answer>(task: ModelTask<Answer>): Promise<ModelOutcome<Answer>> {
      if (task.tools.some(({ name }) => name === FINISH)) {
        throw new TypeError(`the tool name ${FINISH} is taken by the answer`);
      }
      const spent = spending(task.model, prices);
      const end = await endOf(provider, task, spent);
      return { ...end, usage: spent.usage(), turns: spent.turns() };
    },
  };
}

async function endOf<Answer>(
  provider: Provider,
  task: ModelTask<Answer>,
  spent: Spending,
): Promise<End<Answer>> {
  const refusal =
    provider.unready() ?? task.beforeTurn({ usage: spent.usage(), turns: spent.turns() });
  if (refusal !== undefined) return { kind: "refused", refusal };
  return await provider.converse({ task, finish: finishTool(task.answer), spent });
}
