import type { Refusal } from "../../../domain/refusal.ts";
import type { Model, ModelOutcome, ModelTask } from "../../../ports/model.ts";
import type { End } from "./end.ts";
import { FINISH, type FinishTool, finishTool } from "./finish-tool.ts";
import { type PriceOf, type Spending, spending } from "./spending.ts";

/** One running task: its request, the tool that takes the answer, and the meter for every request. */
export interface Exchange<Answer> {
  readonly task: ModelTask<Answer>;
  readonly finish: FinishTool<Answer>;
  readonly spent: Spending;
  /** Upper limit of the first prompt, in tokens. */
  readonly promptTokens: number;
}

/** The provider-specific part of a model. */
export interface Provider {
  /** Why no request is possible (a missing secret), before anything is spent. */
  unready(): Refusal | undefined;
  /** Continues until there is an answer or a reason why there is none. Checks the budget before each request but the first, by `refuseRequest`. */
  converse<Answer>(exchange: Exchange<Answer>): Promise<End<Answer>>;
}

/** A model behind a provider: refusals before the first request, and the total cost at the end. */
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

/** Checks the budget for one more request, with a prompt of at most this many tokens. */
export function refuseRequest<Answer>(
  { task, spent }: Pick<Exchange<Answer>, "task" | "finish" | "spent">,
  promptTokens: number,
): Refusal | undefined {
  const nextUsd = spent.dearest({ promptTokens, outputTokens: task.maximumTokens });
  return task.beforeTurn({ usage: spent.usage(), turns: spent.turns(), nextUsd });
}

/** Tokens that a provider adds to a prompt itself: tool instructions, roles, ends of blocks. */
const ADDED_TOKENS = 1_000;

/** Upper limit of the tokens in these texts: a token is at least one byte. */
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
