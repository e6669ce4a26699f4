import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { isStarting } from "./survivors.ts";

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
    const { process: child } = message as { readonly process: ChildProcess };
    // The channel speaks before the process is started: pipes and number come with the end of the same call.
    queueMicrotask(() => {
      const heard = hearProcess(child);
      if (heard !== undefined) processes.push(heard);
    });
  };
  subscribe("http.server.request.start", onRequest);
  subscribe("child_process", onProcess);
  return {
    requests,
    processes,
    close() {
      unsubscribe("http.server.request.start", onRequest);
      unsubscribe("child_process", onProcess);
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
function hearProcess(child: ChildProcess): HeardProcess | undefined {
  if (child.pid === undefined || !child.stdout || !child.stderr) return undefined;
  const environment = readEnvironment(child.pid);
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

/**
 * Read until two looks agree, and the program is there: a process that executes another changes it under the reader, and the
 * kernel shows nothing between the end of `spawn` and the mapping of the new program. That was seen 11 times in 24,000 starts
 * on a busy machine: a station that was not heard then looks like a stranger who writes to GitHub.
 */
function readEnvironment(pid: number): Readonly<Record<string, string>> {
  try {
    const read = () => readFileSync(`/proc/${pid}/environ`, "utf8");
    let [text, again] = [read(), read()];
    while (again !== text || (text === "" && isStarting(pid))) [text, again] = [again, read()];
    const pairs = text.split("\0").filter(Boolean);
    return Object.fromEntries(
      pairs.map((pair) => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
    );
  } catch {
    // It has ended already: nothing ran that could have been heard.
    return {};
  }
}
