import { FINISH } from "../../adapters/model/shared/finish-tool.ts";
import { tokensOfText } from "./metering.ts";
import type { MessagesRequest } from "./request.ts";
import type { ReplyTurn } from "./script.ts";

export type ReplyBlock =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: unknown;
      /** Sent instead of the input. */
      readonly rawInput?: string;
    };

/** An assistant message before it has an id, a model and a usage. */
export interface Reply {
  readonly content: readonly ReplyBlock[];
  readonly stopReason: string;
}

/**
 * The reply of a scripted turn to this request, or the turn's fault. `json` becomes a call of `finish` if the request
 * offers that tool, and plain text otherwise. @param serial makes the ids of the calls
 */
export function replyOf(
  turn: ReplyTurn,
  request: MessagesRequest,
  serial: number,
): Reply | { readonly fault: string } {
  const offered = request.tools.map(({ name }) => name);
  const hasFinish = offered.includes(FINISH);
  const calls = callsOf(turn, hasFinish);
  const unknown = calls.find(({ tool }) => !offered.includes(tool));
  if (unknown !== undefined && !turn.unknownTools) {
    const known = offered.length === 0 ? "none" : offered.join(", ");
    return { fault: `it calls the tool "${unknown.tool}", but the request offers: ${known}` };
  }
  const texts = [
    ...(turn.text === undefined ? [] : [turn.text]),
    ...(turn.json !== undefined && !hasFinish ? [JSON.stringify(turn.json)] : []),
  ];
  const content: ReplyBlock[] = [
    ...texts.map((text) => ({ type: "text" as const, text })),
    ...calls.map((call, index) =>
      blockOf(call, turn.lies?.callId ?? `toolu_twin_${serial}_${index + 1}`),
    ),
  ];
  const maximum = request.max_tokens ?? Number.POSITIVE_INFINITY;
  const reply = withinMaximum(content, turn.beyondMaximum ? Number.POSITIVE_INFINITY : maximum);
  return { ...reply, stopReason: turn.lies?.stopReason ?? reply.stopReason };
}

type Call = NonNullable<ReplyTurn["calls"]>[number];

function callsOf({ calls = [], json }: ReplyTurn, hasFinish: boolean): readonly Call[] {
  if (json === undefined || !hasFinish) return calls;
  return [...calls, { tool: FINISH, input: json as Call["input"] }];
}

function blockOf(call: Call, id: string): ReplyBlock {
  const { tool: name, input, rawInput } = call;
  const block = { type: "tool_use" as const, id, name, input };
  return rawInput === undefined ? block : { ...block, rawInput };
}

/** A reply longer than `max_tokens` is cut like a real one: text shortened, calls left out. */
function withinMaximum(content: readonly ReplyBlock[], maximum: number): Reply {
  if (tokensOfBlocks(content) <= maximum) {
    const calls = content.some(({ type }) => type === "tool_use");
    return { content, stopReason: calls ? "tool_use" : "end_turn" };
  }
  const text = content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
  const cut = text.slice(0, maximum * 4);
  return {
    content: cut === "" ? [] : [{ type: "text", text: cut }],
    stopReason: "max_tokens",
  };
}

export function tokensOfBlocks(content: readonly ReplyBlock[]): number {
  return content.reduce((sum, block) => sum + tokensOfText(JSON.stringify(block)), 0);
}
