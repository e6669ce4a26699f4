import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";
import { gitEnvironment } from "./git.ts";

const execute = promisify(execFile);

export interface BackendRequest {
  readonly gitDirectory: string;
  /** What stands behind the repository: info/refs, git-upload-pack, git-receive-pack. */
  readonly service: string;
  readonly url: URL;
  readonly incoming: IncomingMessage;
  /** Empty for nobody. */
  readonly login: string;
  /** Folder of the hooks that judge this push; absent: nothing judges it. */
  readonly hooks?: string;
  /** Seen by the hooks. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What `runBackend` writes to: a response, or one that is held until the push has been announced. */
export interface Sink {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(chunk: Buffer): unknown;
  end(): unknown;
}

/** git-config(1): one setting for this process and its children; all others stand in the repository. */
function hooksFrom(folder: string): Record<string, string> {
  return { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "core.hooksPath", GIT_CONFIG_VALUE_0: folder };
}

function backendEnvironment(request: BackendRequest): Record<string, string> {
  const { incoming, url, service } = request;
  const header = (name: string) => String(incoming.headers[name] ?? "");
  return {
    ...gitEnvironment(),
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROJECT_ROOT: request.gitDirectory,
    PATH_INFO: `/${service}`,
    REQUEST_METHOD: incoming.method ?? "GET",
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: header("content-type"),
    CONTENT_LENGTH: header("content-length"),
    HTTP_CONTENT_ENCODING: header("content-encoding"),
    GIT_PROTOCOL: header("git-protocol"),
    REMOTE_USER: request.login,
    REMOTE_ADDR: "127.0.0.1",
    ...(request.hooks === undefined ? {} : hooksFrom(request.hooks)),
    ...request.environment,
  };
}

let programFolder: Promise<string> | undefined;

/**
 * Path of the program itself: `git http-backend` would stand between it and the signal that ends it, and one that comes
 * early would end git alone. Git is asked once where it keeps its programs.
 */
async function programPath(): Promise<string> {
  programFolder ??= execute("git", ["--exec-path"], { env: gitEnvironment() }).then(({ stdout }) =>
    stdout.trim(),
  );
  return join(await programFolder, "git-http-backend");
}

/** Runs git-http-backend as the CGI program that it is; resolves when its answer is complete. */
export async function runBackend(request: BackendRequest, sink: Sink): Promise<void> {
  const child = spawn(await programPath(), [], {
    env: backendEnvironment(request),
    stdio: ["pipe", "pipe", "ignore"],
  });
  feed(request.incoming, child);
  let head: Buffer | undefined = Buffer.alloc(0);
  child.stdout.on("data", (chunk: Buffer) => {
    if (head === undefined) {
      sink.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    const { status, headers } = parseHead(head.subarray(0, end).toString("latin1"));
    sink.writeHead(status, headers);
    const rest = head.subarray(end + 4);
    head = undefined;
    if (rest.length > 0) sink.write(rest);
  });
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
  if (head !== undefined) sink.writeHead(500, {});
  sink.end();
}

function feed(incoming: IncomingMessage, child: ChildProcessByStdio<Writable, Readable, null>) {
  incoming.pipe(child.stdin);
  // A git that refuses early closes its input; the answer says why.
  child.stdin.on("error", () => incoming.resume());
  // A client that goes away in the middle of a push: git 2.39 would wait, busily, for the length it was promised.
  const abandon = () => {
    if (!incoming.complete) child.kill();
  };
  if (incoming.destroyed) abandon();
  else incoming.once("close", abandon);
}

function parseHead(text: string): { status: number; headers: Record<string, string> } {
  const lines = text.split("\r\n").map((line): [string, string] => {
    const at = line.indexOf(":");
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  const { status, ...headers } = Object.fromEntries(lines);
  return { status: Number.parseInt(status ?? "200", 10), headers };
}
