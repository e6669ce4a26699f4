import type { BetaMessage } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type { Counts } from "../shared/spending.ts";

/** The usage of one reply, in the API's names. */
type WireUsage = Pick<
  BetaMessage["usage"],
  "input_tokens" | "cache_read_input_tokens" | "cache_creation_input_tokens" | "output_tokens"
>;

/** The tokens of a reply, in the port's terms. */
export function countsOf(usage: WireUsage): Counts {
  return {
    inputTokens: usage.input_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    outputTokens: usage.output_tokens,
  };
}

/** All tokens of a request and its reply: the beginning of the next prompt. */
export function tokensOf({ usage }: BetaMessage): number {
  const counts = countsOf(usage);
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = counts;
  return inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens;
}

/** Text of a reply besides its calls; empty if there is none. */
export function textOf(reply: BetaMessage): string {
  return reply.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
}

/** The tools that a reply calls, in order. */
export function callsOf(
  reply: BetaMessage,
): readonly { readonly id: string; readonly name: string }[] {
  return reply.content.flatMap((block) => (block.type === "tool_use" ? [block] : []));
}
