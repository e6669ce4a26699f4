import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createHabits, type HostHabits } from "./host-habits.ts";

/** A deploy target: one host on loopback that runs its last release, at one stable address. */
export interface Production {
  readonly url: string;
  /** The commits that were released, oldest first. */
  releases(): readonly string[];
  close(): Promise<void>;
}

interface Release {
  readonly process: ChildProcess;
  readonly port: number;
}

const START_TIMEOUT_MS = 60_000;

/**
 * Starts the host. `PUT /.releases/<commit>` with a tar of the sources starts `src/server.ts` of that release and
 * switches to it once it listens. Other requests go to the live release, or get 503 while there is none.
 */
export async function startProduction(options: {
  readonly directory: string;
  /** The Node that runs a release. */
  readonly node: string;
  readonly habits?: HostHabits;
}): Promise<Production> {
  let live: Release | undefined;
  const habits = createHabits(options.habits ?? {});
  const commits: string[] = [];
  const server = createServer((incoming, answer) => {
    const commit = /^\/\.releases\/([0-9a-f]{40})$/.exec(incoming.url ?? "")?.[1];
    if (incoming.method !== "PUT" || commit === undefined) {
      const path = (incoming.url ?? "").replace(/\?.*$/, "");
      answer.once("close", () => habits.answered(path));
      if (habits.stumblesOver(path)) answer.writeHead(503).end("warming up");
      else passOn(live, incoming, answer);
      return;
    }
    receive(incoming)
      .then((sources) => startRelease({ ...options, commit, sources }))
      .then(async (release) => {
        if (live !== undefined) await habits.leave();
        live?.process.kill();
        habits.begin();
        live = release;
        commits.push(commit);
        answer.writeHead(201).end("live");
      })
      .catch((error: unknown) => answer.writeHead(422).end(String(error)));
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    releases: () => commits,
    close: () => {
      live?.process.kill();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve());
  });
  return (server.address() as AddressInfo).port;
}

async function receive(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function startRelease(options: {
  readonly directory: string;
  readonly node: string;
  readonly commit: string;
  readonly sources: Buffer;
}): Promise<Release> {
  const folder = join(options.directory, options.commit);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const unpacked = spawnSync("tar", ["-xf", "-", "-C", folder], { input: options.sources });
  if (unpacked.status !== 0) throw new Error(`the sources cannot be unpacked: ${unpacked.stderr}`);
  const child = spawn(options.node, ["src/server.ts"], {
    cwd: folder,
    env: { PATH: "/usr/bin:/bin", PORT: "0", VERSION: options.commit },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { process: child, port: await portOf(child) };
}

/** The port that the release prints once it listens. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`the release did not listen within ${START_TIMEOUT_MS} ms`));
    }, START_TIMEOUT_MS);
    let printed = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const port = /listening on ([0-9]+)/.exec(printed)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the release ended with exit code ${code} before it listened`));
    });
  });
}

function passOn(
  live: Release | undefined,
  incoming: IncomingMessage,
  answer: ServerResponse,
): void {
  if (live === undefined) {
    answer.writeHead(503).end("nothing was released yet");
    return;
  }
  const { method, url, headers } = incoming;
  const onward = request(
    { host: "127.0.0.1", port: live.port, ...(method && { method }), path: url ?? "/", headers },
    (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    },
  );
  onward.once("error", () => answer.writeHead(502).end("the release does not answer"));
  incoming.pipe(onward);
}
