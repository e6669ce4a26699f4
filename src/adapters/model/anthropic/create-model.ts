import type { Model, ModelTask, ModelTool } from "../../../ports/model.ts";
import { boundedFetch } from "../shared/bounded-fetch.ts";
import type { ModelOptions } from "../shared/options.ts";
import { modelOf } from "../shared/perform.ts";
import { Conversation } from "./conversation.ts";
import { missingKey } from "./wire-faults.ts";

/** Upper limit of stream bytes per output token: an event of one token with its frame is well below this. */
const BYTES_PER_TOKEN = 600;
/** Blocks before the first token, and pings. */
const SPARE_BYTES = 1_000_000;

/**
 * A model behind the Anthropic Messages API: the SDK's tool runner over the full history (`thread: false`: auditable and
 * portable), one streamed request per turn. Errors of the network or the model are outcomes. The SDK is loaded with the
 * first task, so that an action without a model call does not pay for it.
 */
export function createAnthropicModel(options: ModelOptions): Model {
  return modelOf(
    {
      unready: () => (options.apiKey === "" ? missingKey() : undefined),
      async converse(exchange) {
        const { task, finish } = exchange;
        const { startRunner } = await import("./client.ts");
        const conversation = new Conversation({
          ...exchange,
          secret: options.apiKey,
          maximumRetries: options.maximumRetries ?? 2,
        });
        return await conversation.follow(
          startRunner(
            clientOptions(task, options),
            runnerParameters(task, finish.tool),
            task.signal,
          ),
        );
      },
    },
    options.prices,
  );
}

function clientOptions(task: ModelTask<unknown>, options: ModelOptions) {
  return {
    apiKey: options.apiKey,
    // Null stops the SDK from looking for an address in the environment.
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
 * Breakpoints: the system block ends the prefix that every task of a role shares (tools come before it), the first
 * message ends that of this task, and the top-level marker follows the newest block. Three of the four allowed.
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
