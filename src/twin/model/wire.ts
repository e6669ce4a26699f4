import type { ServerResponse } from "node:http";
import type { Metered } from "./metering.ts";
import type { ReplyBlock } from "./reply.ts";
import type { RawTurn } from "./script.ts";

/** A whole assistant message as the wire carries it. */
export interface WireMessage {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly model: string;
  readonly content: readonly ReplyBlock[];
  readonly stop_reason: string | null;
  readonly stop_sequence: null;
  readonly usage: Metered;
}

export function sendError(
  response: ServerResponse,
  error: {
    readonly status: number;
    readonly type: string;
    readonly message: string;
    readonly requestId: string;
    readonly retryAfter?: number | undefined;
  },
): void {
  const headers = {
    "content-type": "application/json",
    "request-id": error.requestId,
    ...(error.retryAfter === undefined ? {} : { "retry-after": `${error.retryAfter}` }),
  };
  const body = {
    type: "error",
    error: { type: error.type, message: error.message },
    request_id: error.requestId,
  };
  response.writeHead(error.status, headers).end(JSON.stringify(body));
}

export function sendMessage(response: ServerResponse, message: WireMessage): void {
  response
    .writeHead(200, { "content-type": "application/json", "request-id": message.id })
    .end(JSON.stringify(message));
}

/** The events of a whole stream. `malformed` breaks the JSON of every tool input. */
export function eventsOf(message: WireMessage, malformed = false): readonly string[] {
  const started = {
    ...message,
    content: [],
    stop_reason: null,
    usage: { ...message.usage, output_tokens: 1 },
  };
  return [
    event("message_start", { message: started }),
    event("ping", {}),
    ...message.content.flatMap((block, index) => eventsOfBlock(block, index, malformed)),
    event("message_delta", {
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: message.usage,
    }),
    event("message_stop", {}),
  ];
}

export function eventsOfBlock(
  block: ReplyBlock,
  index: number,
  malformed: boolean,
): readonly string[] {
  const empty = emptyOf(block);
  const whole =
    block.type === "text" ? block.text : (block.rawInput ?? JSON.stringify(block.input));
  const sent = malformed && block.type === "tool_use" ? '{"path": "src/a.ts" "line": [}' : whole;
  const deltas = piecesOf(sent).map((piece) =>
    block.type === "text"
      ? { type: "text_delta", text: piece }
      : { type: "input_json_delta", partial_json: piece },
  );
  return [
    event("content_block_start", { index, content_block: empty }),
    ...deltas.map((delta) => event("content_block_delta", { index, delta })),
    event("content_block_stop", { index }),
  ];
}

function emptyOf(block: ReplyBlock): Readonly<Record<string, unknown>> {
  if (block.type === "text") return { type: "text", text: "" };
  const { type, id, name } = block;
  return { type, id, name, input: {} };
}

/** Longer texts, in characters, are sent in large pieces: an attack of 50 MB needs no million events. */
const LONG_TEXT = 1_000_000;

/** Pieces of a few tokens, never inside a surrogate pair. */
function piecesOf(text: string): readonly string[] {
  return text.match(text.length > LONG_TEXT ? /[\s\S]{1,16384}/gu : /[\s\S]{1,64}/gu) ?? [];
}

function event(type: string, data: Readonly<Record<string, unknown>>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

export function startStream(response: ServerResponse, requestId: string): void {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    "request-id": requestId,
  });
}

export function sendStream(response: ServerResponse, events: readonly string[]): void {
  response.end(events.join(""));
}

/** Sends exactly these bytes; returns the status. */
export function sendRaw(response: ServerResponse, { raw }: RawTurn): number {
  response.writeHead(raw.status, raw.headers).end(Buffer.from(raw.body, raw.encoding));
  return raw.status;
}

/** Sends text until the client goes away. */
export function sendEndlessStream(response: ServerResponse, message: WireMessage): void {
  const [start = ""] = eventsOf(message);
  const block = { type: "text", text: "" };
  response.write(start + event("content_block_start", { index: 0, content_block: block }));
  const delta = { type: "text_delta", text: "and so on ".repeat(100) };
  const chunk = event("content_block_delta", { index: 0, delta }).repeat(10);
  const pump = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", pump);
  pump();
}
