import { BaseAnthropic, type ClientOptions } from "@anthropic-ai/sdk/client";
import { Messages } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type { Runner } from "./conversation.ts";

/**
 * The SDK's client with the one resource that is used: the whole client would add a megabyte to every bundle that calls
 * a model. Loaded lazily (`await import`), so that an action pays for it only once it calls a model.
 */
class MessagesClient extends BaseAnthropic {
  // The tool runner looks for its messages here.
  readonly beta = { messages: new Messages(this) };
}

type RunnerParameters = Parameters<Messages["toolRunner"]>[0] & { readonly stream: true };

/** Starts the SDK's tool runner; no request is made before it is iterated. */
export function startRunner(
  options: ClientOptions,
  parameters: RunnerParameters,
  signal: AbortSignal | undefined,
): Runner {
  const client = new MessagesClient(options);
  return client.beta.messages.toolRunner(parameters, signal === undefined ? {} : { signal });
}
