import { z } from "zod";

const CacheControl = z.looseObject({
  type: z.literal("ephemeral"),
  ttl: z.enum(["5m", "1h"]).optional(),
});
const cached = { cache_control: CacheControl.nullish() };

const TextBlock = z.looseObject({ type: z.literal("text"), text: z.string(), ...cached });
const ToolUseBlock = z.looseObject({
  type: z.literal("tool_use"),
  id: z.string(),
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
  ...cached,
});
const ToolResultBlock = z.looseObject({
  type: z.literal("tool_result"),
  tool_use_id: z.string(),
  content: z.union([z.string(), z.array(TextBlock)]).optional(),
  is_error: z.boolean().optional(),
  ...cached,
});
const Block = z.discriminatedUnion("type", [TextBlock, ToolUseBlock, ToolResultBlock]);
export type Block = z.infer<typeof Block>;

const Message = z.strictObject({
  role: z.enum(["user", "assistant"]),
  content: z.union([
    z.string().transform((text): Block[] => [{ type: "text", text }]),
    z.array(Block),
  ]),
});
type Message = z.infer<typeof Message>;

const Tool = z.looseObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal("object") }),
  ...cached,
});

/** The body of POST /v1/messages, as far as the factory uses it. Other keys are kept and count as part of the prompt. */
export const MessagesRequest = z.looseObject({
  model: z.string(),
  max_tokens: z.int().positive().optional(),
  system: z
    .union([z.string().transform((text) => [{ type: "text" as const, text }]), z.array(TextBlock)])
    .default([]),
  messages: z.array(Message).min(1),
  tools: z.array(Tool).default([]),
  stream: z.boolean().default(false),
  ...cached,
});
export type MessagesRequest = z.infer<typeof MessagesRequest>;

/** The real endpoint's refusal, in its words; undefined if it would accept the request. */
export function faultOfRequest(request: MessagesRequest): string | undefined {
  if (request.max_tokens === undefined) return "max_tokens: Field required";
  if ("thread" in request) return "thread: the twin keeps no message threads; send the history";
  if (request.messages[0]?.role !== "user") return "messages: first message must use the user role";
  const names = request.tools.map(({ name }) => name);
  if (new Set(names).size !== names.length) return "tools: Tool names must be unique.";
  const breakpoints = countBreakpoints(request);
  if (breakpoints > 4) {
    return `A maximum of 4 blocks with cache_control may be provided. Found ${breakpoints}.`;
  }
  return faultOfContent(request.messages) ?? faultOfPairing(request.messages);
}

function countBreakpoints(request: MessagesRequest): number {
  const blocks = [
    ...request.tools,
    ...request.system,
    ...request.messages.flatMap(({ content }) => content),
    request,
  ];
  return blocks.filter((block) => "cache_control" in block && block.cache_control != null).length;
}

function faultOfContent(messages: readonly Message[]): string | undefined {
  for (const [index, { role, content }] of messages.entries()) {
    const isLastReply = role === "assistant" && index === messages.length - 1;
    if (content.length === 0 && !isLastReply) {
      return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
    }
    if (content.some((block) => block.type === "text" && block.text === "")) {
      return "messages: text content blocks must be non-empty";
    }
  }
  return undefined;
}

/** Every tool_use is answered in the very next message, and every tool_result answers a call of the message before. */
function faultOfPairing(messages: readonly Message[]): string | undefined {
  for (const [index, message] of messages.entries()) {
    const calls = callIds(message);
    const answers = resultIds(messages[index + 1]);
    const unanswered = calls.filter((id) => !answers.includes(id));
    if (unanswered.length > 0) {
      return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${unanswered.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
    }
    const before = callIds(messages[index - 1]);
    const unexpected = resultIds(message).find((id) => !before.includes(id));
    if (unexpected !== undefined) {
      return `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${unexpected}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
    }
  }
  return undefined;
}

function callIds(message: Message | undefined): readonly string[] {
  if (message?.role !== "assistant") return [];
  return message.content.flatMap((block) => (block.type === "tool_use" ? [block.id] : []));
}

function resultIds(message: Message | undefined): readonly string[] {
  if (message?.role !== "user") return [];
  return message.content.flatMap((block) =>
    block.type === "tool_result" ? [block.tool_use_id] : [],
  );
}

export function textOfResult(block: Block): string | undefined {
  if (block.type !== "tool_result") return undefined;
  if (typeof block.content === "string") return block.content;
  return (block.content ?? []).map(({ text }) => text).join("\n");
}
