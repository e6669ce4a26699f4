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
  /** The most that the first prompt can be, in tokens. */
  readonly promptTokens: number;
}

/** The part of a model that differs from provider to provider. */
export interface Provider {
  /** Why no request can be made at all (a secret that is missing), before anything is spent. */
  unready(): Refusal | undefined;
  /** Talks until there is an answer or a reason why there is none. Asks the budget before each request but the first, by `refuseRequest`. */
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
  const unready = provider.unready();
  if (unready !== undefined) return { kind: "refused", refusal: unready };
  const finish = finishTool(task.answer);
  const promptTokens = firstPromptTokens(task, finish);
  const refusal = refuseRequest({ task, finish, spent }, promptTokens);
  if (refusal !== undefined) return { kind: "refused", refusal };
  return await provider.converse({ task, finish, spent, promptTokens });
}

/** Asks the budget for one more request, of a prompt of at most so many tokens. */
export function refuseRequest<Answer>(
  { task, spent }: Pick<Exchange<Answer>, "task" | "finish" | "spent">,
  promptTokens: number,
): Refusal | undefined {
  const nextUsd = spent.dearest({ promptTokens, outputTokens: task.maximumTokens });
  return task.beforeTurn({ usage: spent.usage(), turns: spent.turns(), nextUsd });
}

/** What a provider adds to a prompt of its own accord, in tokens: how to call tools, roles, ends of blocks. */
const ADDED_TOKENS = 1_000;

/** The most tokens that these texts can be: a token is at least one byte of what is sent. */
export function tokensAtMost(sent: unknown): number {
  return Buffer.byteLength(JSON.stringify(sent) ?? "");
}

function firstPromptTokens<Answer>(
  { system, prompt, tools }: ModelTask<Answer>,
  finish: FinishTool<Answer>,
): number {
  const described = [...tools, finish.tool].map(({ name, description, inputSchema }) => ({
    ...{ name, description, inputSchema },
  }));
  return ADDED_TOKENS + tokensAtMost({ system, prompt, described });
}
