import type { ServerResponse } from "node:http";
import type { ReplyBlock } from "./reply.ts";
import type { MessagesRequest } from "./request.ts";
import type { Fault, FaultTurn } from "./script.ts";
import {
  eventsOf,
  sendEndlessStream,
  sendError,
  sendMessage,
  sendStream,
  startStream,
  type WireMessage,
} from "./wire.ts";

const STATUS_FAULTS: Readonly<
  Partial<Record<Fault, { readonly type: string; readonly message: string }>>
> = {
  "401": { type: "authentication_error", message: "invalid bearer token" },
  "429": { type: "rate_limit_error", message: "This request would exceed your rate limit" },
  "500": { type: "api_error", message: "Internal server error" },
  "529": { type: "overloaded_error", message: "Overloaded" },
};

/** Messages of faults that send an answer. */
const SAID: Readonly<Partial<Record<Fault, { readonly text?: string; readonly stop: string }>>> = {
  "cut-stream": { text: "This reply breaks off in the middle of ", stop: "end_turn" },
  "endless-stream": { text: "", stop: "end_turn" },
  empty: { stop: "end_turn" },
  "max-tokens": { text: "This reply is longer than", stop: "max_tokens" },
  refusal: { text: "I cannot help with that.", stop: "refusal" },
  "malformed-tool-input": { stop: "tool_use" },
  "other-model": { text: "Another model speaks.", stop: "end_turn" },
};

/** Content and stop reason of a fault that sends a reply; undefined for others. */
export function replyOfFault(
  fault: Fault,
  request: MessagesRequest,
  serial: number,
): { readonly content: readonly ReplyBlock[]; readonly stopReason: string } | undefined {
  const said = SAID[fault];
  if (said === undefined) return undefined;
  if (fault !== "malformed-tool-input") {
    const content = said.text === undefined ? [] : [{ type: "text" as const, text: said.text }];
    return { content, stopReason: said.stop };
  }
  const name = request.tools[0]?.name ?? "read";
  const id = `toolu_twin_${serial}_1`;
  return { content: [{ type: "tool_use", id, name, input: "{" }], stopReason: said.stop };
}

/** Sends a fault's answer; returns its status, 0 if the connection was dropped first. */
export function sendFault(
  response: ServerResponse,
  fault: {
    readonly turn: FaultTurn;
    readonly stream: boolean;
    readonly requestId: string;
    readonly message: WireMessage | undefined;
  },
): number {
  const { turn, requestId, message } = fault;
  const error = STATUS_FAULTS[turn.fault];
  if (error !== undefined) {
    const status = Number(turn.fault);
    sendError(response, { ...error, status, requestId, retryAfter: turn.retryAfter });
    return status;
  }
  if (message === undefined || turn.fault === "reset") {
    response.socket?.resetAndDestroy();
    return 0;
  }
  if (!fault.stream) {
    sendMessage(response, message);
    return 200;
  }
  startStream(response, requestId);
  sendFaultStream(response, turn.fault, message);
  return 200;
}

function sendFaultStream(response: ServerResponse, fault: Fault, message: WireMessage): void {
  if (fault === "endless-stream") {
    sendEndlessStream(response, message);
    return;
  }
  const events = eventsOf(message, fault === "malformed-tool-input");
  if (fault !== "cut-stream") {
    sendStream(response, events);
    return;
  }
  // All but the end of the block, then drops the connection.
  response.write(events.slice(0, 4).join(""), () => response.socket?.destroy());
}
