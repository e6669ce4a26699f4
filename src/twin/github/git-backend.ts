import { spawn } from "node:child_process";
import type { IncomingMessage } from "node:http";
import { gitEnvironment } from "./git.ts";

export interface BackendRequest {
  readonly gitDirectory: string;
  /** What stands behind the repository: info/refs, git-upload-pack, git-receive-pack. */
  readonly service: string;
  readonly url: URL;
  readonly incoming: IncomingMessage;
  /** Empty for nobody. */
  readonly login: string;
}

/** What `runBackend` writes to: a response, or one that is held until the push has been announced. */
export interface Sink {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(chunk: Buffer): unknown;
  end(): unknown;
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
    // Shallow and partial clones of any commit, as GitHub allows them; pushes are judged by the twin, not by config.
    GIT_CONFIG_COUNT: "4",
    GIT_CONFIG_KEY_0: "http.receivepack",
    GIT_CONFIG_VALUE_0: "true",
    GIT_CONFIG_KEY_1: "uploadpack.allowAnySHA1InWant",
    GIT_CONFIG_VALUE_1: "true",
    GIT_CONFIG_KEY_2: "uploadpack.allowFilter",
    GIT_CONFIG_VALUE_2: "true",
    GIT_CONFIG_KEY_3: "receive.denyDeleteCurrent",
    GIT_CONFIG_VALUE_3: "refuse",
  };
}

/** Runs `git http-backend` as the CGI program that it is; resolves when its answer is complete. */
export async function runBackend(request: BackendRequest, sink: Sink): Promise<void> {
  const child = spawn("git", ["http-backend"], {
    env: backendEnvironment(request),
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.incoming.pipe(child.stdin);
  // A git that refuses early closes its input; the answer says why.
  child.stdin.on("error", () => request.incoming.resume());
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

function parseHead(text: string): { status: number; headers: Record<string, string> } {
  const lines = text.split("\r\n").map((line): [string, string] => {
    const at = line.indexOf(":");
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  const { status, ...headers } = Object.fromEntries(lines);
  return { status: Number.parseInt(status ?? "200", 10), headers };
}
