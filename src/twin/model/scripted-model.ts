import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { z } from "zod";
import { messageOf } from "../../domain/text/message-of.ts";
import { MessagesEndpoint } from "./messages-endpoint.ts";
import { addMetered, inputTokensOf, type Metered, NOTHING_METERED } from "./metering.ts";
import type { Answered, ModelRequest } from "./model-call.ts";
import { Player } from "./player.ts";
import { MessagesRequest } from "./request.ts";
import type { Script } from "./script.ts";
import { sendError } from "./wire.ts";

export interface ScriptedModel {
  readonly url: string;
  readonly apiKey: string;
  requests(): readonly ModelRequest[];
  /** Everything that was charged, summed. */
  usage(): Metered;
  /** Unused parts of the script. */
  unplayed(): readonly string[];
  close(): Promise<void>;
}

export interface ScriptedModelOptions {
  readonly script: Script;
  /** A free one if left out. */
  readonly port?: number;
  readonly apiKey?: string;
  /** In ms; only cache lifetimes depend on it. */
  readonly now?: () => number;
  readonly onRequest?: (request: ModelRequest) => void;
}

const MAXIMUM_BODY_BYTES = 32_000_000;
/** A Messages endpoint on the loopback that plays a script, checks requests as the real one does, and meters them. */
export async function startScriptedModel(options: ScriptedModelOptions): Promise<ScriptedModel> {
  const apiKey = options.apiKey ?? `sk-ant-twin-${randomUUID()}`;
  const requests: ModelRequest[] = [];
  const player = new Player(options.script);
  const endpoint = new MessagesEndpoint(options.script, player, options.now ?? Date.now);
  let serial = 0;
  const server = createServer(async (request, response) => {
    serial += 1;
    const current = serial;
    const note = (answered: Answered) => {
      const record: ModelRequest = {
        serial: current,
        place: undefined,
        model: "",
        usage: undefined,
        error: undefined,
        body: undefined,
        ...answered,
      };
      requests.push(record);
      options.onRequest?.(record);
    };
    try {
      const answered = await route(request, response, { apiKey, endpoint, serial: current });
      if (answered !== undefined) note(answered);
    } catch (error) {
      note({ status: 500, error: messageOf(error) });
      response.destroy();
    }
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    apiKey,
    requests: () => requests,
    usage: () =>
      requests.reduce(
        (sum, { usage }) => addMetered(sum, usage ?? NOTHING_METERED),
        NOTHING_METERED,
      ),
    unplayed: () => player.unplayed(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      const hint = `port ${port} is taken: give another, or none for a free one`;
      reject(taken ? new Error(hint, { cause: error }) : error);
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

interface Door {
  readonly apiKey: string;
  readonly endpoint: MessagesEndpoint;
  readonly serial: number;
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
): Promise<Answered | undefined> {
  const requestId = `req_twin_${door.serial}`;
  const refuse = (status: number, type: string, message: string): Answered => {
    sendError(response, { status, type, message, requestId });
    return { status, error: message };
  };
  const text = await bodyOf(request);
  const path = new URL(request.url ?? "/", "http://twin").pathname;
  const given =
    request.headers.authorization?.replace(/^Bearer /, "") ?? request.headers["x-api-key"];
  if (given !== door.apiKey) return refuse(401, "authentication_error", "invalid bearer token");
  if (request.headers["anthropic-version"] === undefined) {
    return refuse(400, "invalid_request_error", "anthropic-version: header is required");
  }
  const isCount = path === "/v1/messages/count_tokens";
  if (request.method !== "POST" || (path !== "/v1/messages" && !isCount)) {
    return refuse(404, "not_found_error", `the twin has no ${request.method} ${path}`);
  }
  const parsed = MessagesRequest.safeParse(jsonOf(text));
  if (!parsed.success) return refuse(400, "invalid_request_error", firstIssue(parsed.error));
  if (isCount) {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ input_tokens: inputTokensOf(parsed.data) }));
    return undefined;
  }
  const isRetry = Number(request.headers["x-stainless-retry-count"] ?? 0) > 0;
  return door.endpoint.answer(parsed.data, response, { serial: door.serial, requestId, isRetry });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAXIMUM_BODY_BYTES) throw new Error(`a body over ${MAXIMUM_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join(".") || "body"}: ${issue?.message ?? "invalid"}`;
}
