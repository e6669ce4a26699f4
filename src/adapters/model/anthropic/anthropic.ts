import type { Refusal } from "../../../domain/refusal.ts";
import type { Model, ModelOutcome, ModelTask, ModelTool } from "../../../ports/model.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { Conversation } from "./conversation.ts";
import { missingKey } from "./faults.ts";
import { FINISH, finishTool } from "./finish-tool.ts";
import { type PriceOf, spending } from "./spending.ts";

export interface AnthropicOptions {
  /** Empty is a refusal at the first task, so that a missing secret is said in the factory's words. */
  readonly apiKey: string;
  /** Origin and path before `/v1/messages`; the provider's own when left out. */
  readonly baseUrl?: string;
  /** USD of one request; there is no free default. */
  readonly prices: PriceOf;
  readonly fetch?: typeof globalThis.fetch;
  /** Repeats of a request that met 408, 409, 429, 5xx or a reset, and of a stream that broke. */
  readonly maximumRetries?: number;
  /** The longest wait a `retry-after` may ask for, in ms. */
  readonly maximumRetryAfterMs?: number;
  /** From sending a request to the end of its stream, in ms. */
  readonly requestTimeoutMs?: number;
}

/** Bytes of stream per output token: an event of one token with its frame is well below this. */
const BYTES_PER_TOKEN = 600;
/** Blocks before the first token and pings. */
const SPARE_BYTES = 1_000_000;

/**
 * A model behind the Anthropic Messages API: the SDK's tool runner over the full history (`thread: false`: auditable and
 * portable), one streamed request a turn. Whatever the wire or the model does is an outcome. The SDK is loaded with the
 * first task, so that an action that calls no model does not pay for it.
 */
export function createModel(options: AnthropicOptions): Model {
  return {
    async perform<Answer>(task: ModelTask<Answer>): Promise<ModelOutcome<Answer>> {
      const spent = spending(task.model, options.prices);
      const refused = (refusal: Refusal): ModelOutcome<Answer> => ({
        kind: "refused",
        refusal,
        usage: spent.usage(),
        turns: spent.turns(),
      });
      if (task.tools.some(({ name }) => name === FINISH)) {
        throw new TypeError(`the tool name ${FINISH} is taken by the answer`);
      }
      if (options.apiKey === "") return refused(missingKey());
      const before = task.beforeTurn({ usage: spent.usage(), turns: spent.turns() });
      if (before !== undefined) return refused(before);
      const finish = finishTool(task.answer);
      const { startRunner } = await import("./client.ts");
      const conversation = new Conversation({
        task,
        finish,
        spent,
        secret: options.apiKey,
        maximumRetries: options.maximumRetries ?? 2,
      });
      const end = await conversation.follow(
        startRunner(clientOptions(task, options), runnerParameters(task, finish.tool), task.signal),
      );
      if (end.kind === "refused") return refused(end.refusal);
      return { kind: "answered", answer: end.answer, usage: spent.usage(), turns: spent.turns() };
    },
  };
}

function clientOptions(task: ModelTask<unknown>, options: AnthropicOptions) {
  return {
    apiKey: options.apiKey,
    // null keeps the SDK from looking for an address of its own in the environment.
    baseURL: options.baseUrl === "" ? null : (options.baseUrl ?? null),
    maxRetries: options.maximumRetries ?? 2,
    // The SDK logs to the console, where a line of others could be read as a workflow command.
    logLevel: "off" as const,
    fetch: boundedFetch(options.fetch ?? globalThis.fetch, {
      maximumBytes: SPARE_BYTES + task.maximumTokens * BYTES_PER_TOKEN,
      timeoutMs: options.requestTimeoutMs ?? 600_000,
      maximumRetryAfterMs: options.maximumRetryAfterMs ?? 60_000,
    }),
  };
}

/**
 * Breakpoints: the system block closes the prefix that every task of a role shares (tools stand before it), the first
 * message the one of this task, and the top-level marker follows the newest block. Three of the four allowed.
 */
function runnerParameters(task: ModelTask<unknown>, finish: ModelTool) {
  const cached = { type: "ephemeral" } as const;
  const text = { type: "text", cache_control: cached } as const;
  return {
    model: task.model,
    max_tokens: task.maximumTokens,
    system: [{ ...text, text: task.system }],
    messages: [{ role: "user" as const, content: [{ ...text, text: task.prompt }] }],
    tools: [...task.tools, finish].map((tool) => ({
      type: "custom" as const,
      name: tool.name,
      description: tool.description,
      input_schema: { ...tool.inputSchema, type: "object" as const },
      run: (input: unknown) => tool.run(input),
      parse: (input: unknown) => input,
    })),
    cache_control: cached,
    stream: true as const,
    thread: false as const,
  };
}
