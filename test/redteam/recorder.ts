import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** A request as it arrived on a loopback port of this process, before anything answered it. */
export interface HeardRequest {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: () => string;
}

export interface HeardProcess {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly output: () => string;
}

/** Ears that the twin does not know of: what it does with what it hears is no part of the proof. */
export interface Recorder {
  readonly requests: readonly HeardRequest[];
  readonly processes: readonly HeardProcess[];
  close(): void;
}

/**
 * Node's own word on what it hands to the kernel, before the process begins (Node 24). `/proc/PID/environ` says the same in
 * most cases only: read while a program is loaded, it was seen empty and cut, and an honest run looked like an attack.
 */
const STARTING = "tracing:child_process.spawn:start";

interface StartedProcess {
  readonly process: ChildProcess;
  readonly options: { readonly envPairs: readonly string[] };
}

/** A step that floods is remembered up to here, in characters. */
const MOST_OUTPUT = 20_000_000;

/** Hears every HTTP request to servers of this process and every process that it starts with a pipe. */
export function startRecorder(): Recorder {
  const requests: HeardRequest[] = [];
  const processes: HeardProcess[] = [];
  const onRequest = (message: unknown) => {
    requests.push(hearRequest((message as { readonly request: IncomingMessage }).request));
  };
  const onProcess = (message: unknown) => {
    const { process: child, options } = message as StartedProcess;
    // The channel speaks before the process is started: pipes come with the end of the same call.
    queueMicrotask(() => {
      const heard = hearProcess(child, environmentOf(options.envPairs));
      if (heard !== undefined) processes.push(heard);
    });
  };
  subscribe("http.server.request.start", onRequest);
  subscribe(STARTING, onProcess);
  return {
    requests,
    processes,
    close() {
      unsubscribe("http.server.request.start", onRequest);
      unsubscribe(STARTING, onProcess);
    },
  };
}

function hearRequest(request: IncomingMessage): HeardRequest {
  const chunks: Buffer[] = [];
  const push = request.push.bind(request);
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk instanceof Buffer) chunks.push(chunk);
    return push(chunk, encoding);
  };
  return {
    port: request.socket.localPort ?? 0,
    method: request.method ?? "",
    path: request.url ?? "",
    authorization: request.headers.authorization ?? "",
    body: () => Buffer.concat(chunks).toString("latin1"),
  };
}

/** Steps of a job only: those carry the runner's tracking id. */
function hearProcess(
  child: ChildProcess,
  environment: Readonly<Record<string, string>>,
): HeardProcess | undefined {
  if (!child.stdout || !child.stderr) return undefined;
  if (environment.RUNNER_TRACKING_ID === undefined) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length < MOST_OUTPUT) chunks.push(chunk);
    });
  }
  return {
    arguments: child.spawnargs,
    environment,
    output: () => Buffer.concat(chunks).toString("utf8"),
  };
}

function environmentOf(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
