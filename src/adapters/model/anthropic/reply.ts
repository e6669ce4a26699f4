import type { BetaMessage } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type { Counts } from "../shared/spending.ts";

/** The usage of one reply, as the wire names it. */
type WireUsage = Pick<
  BetaMessage["usage"],
  "input_tokens" | "cache_read_input_tokens" | "cache_creation_input_tokens" | "output_tokens"
>;

/** The tokens of a reply, in the port's words. */
export function countsOf(usage: WireUsage): Counts {
  return {
    inputTokens: usage.input_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    outputTokens: usage.output_tokens,
  };
}

/** All tokens of the request that a reply answers, and of the reply: what the next prompt begins with. */
export function tokensOf({ usage }: BetaMessage): number {
  const counts = countsOf(usage);
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = counts;
  return inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens;
}

/** What a reply says beside its calls; empty where it says nothing. */
export function textOf(reply: BetaMessage): string {
  return reply.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
}

/** The tools that a reply calls, in order. */
export function callsOf(
  reply: BetaMessage,
): readonly { readonly id: string; readonly name: string }[] {
  return reply.content.flatMap((block) => (block.type === "tool_use" ? [block] : []));
}
