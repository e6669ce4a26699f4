import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { push } from "../../src/twin/push.ts";
import type { RunnerProgress } from "../../src/twin/runner/run/records.ts";
import type { Twin } from "../../src/twin/shape.ts";
import { startTwin } from "../../src/twin/twin.ts";
import type { Canary } from "./observation.ts";
import { type Recorder, startRecorder } from "./recorder.ts";

/** People of every world, and what they may. */
export const CAST = {
  reader: "read",
  sorter: "triage",
  writer: "write",
  "helper[bot]": "write",
} as const;
export type Login = keyof typeof CAST | "OWNER";

/** A private repository beside those that are attacked; nothing of it may ever be seen. */
const VAULT = "OWNER/vault";

/** One twin on which attacks are played one after the other, each in a repository of its own. */
export interface Lane {
  readonly directory: string;
  readonly twin: Twin;
  readonly recorder: Recorder;
  readonly canaries: readonly Canary[];
  readonly apiKey: string;
  readonly sealKey: string;
  /** Tokens of jobs, by token. */
  readonly jobTokens: ReadonlyMap<string, { readonly runId: number; readonly jobId: number }>;
  /** Folder in which everything of the steps' own is put, sandboxes among it. */
  readonly temporary: string;
  readonly hostFile: string;
  readonly listener: Listener;
  /** Sends the workers' model requests there. */
  aimModel(url: string): void;
  listen(listener: ((event: RunnerProgress) => void) | undefined): void;
  hostFiles(
    name: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    links?: Readonly<Record<string, string>>,
  ): Promise<void>;
  close(): Promise<void>;
}

/** @param millwright folder whose actions and workflows are attacked */
export async function openLane(millwright: string): Promise<Lane> {
  const directory = await mkdtemp(join(tmpdir(), "millwright-redteam-"));
  const temporary = join(directory, "temporary");
  await mkdir(temporary);
  const secret = (at: string, prefix = "") => ({
    at,
    value: prefix + randomBytes(24).toString("hex"),
  });
  const model = secret("the model key", "sk-ant-api03-");
  const seal = { at: "the seal key", value: randomBytes(32).toString("hex") };
  const step = secret("the environment of the runner");
  const file = secret("a file of the host");
  const vault = secret("a private repository");
  const hostFile = join(directory, "host-secret.txt");
  await writeFile(hostFile, `${file.value}\n`);
  const switchboard = await openSwitchboard();
  const recorder = startRecorder();
  const port = await openListener();
  let listener: ((event: RunnerProgress) => void) | undefined;
  const twin = await startTwin({
    directory,
    millwright,
    node: process.execPath,
    secrets: { ANTHROPIC_API_KEY: model.value, FACTORY_SEAL_KEY: seal.value },
    collaborators: CAST,
    environment: {
      ANTHROPIC_BASE_URL: switchboard.url,
      TMPDIR: temporary,
      MILLWRIGHT_TEST_SECRET: step.value,
      MILLWRIGHT_TEST_FILE: hostFile,
      NODE_COMPILE_CACHE: join(directory, "compile-cache"),
    },
    onProgress: (event) => listener?.(event),
  });
  const jobTokens = watchTokens(twin);
  const lane: Lane = {
    directory,
    twin,
    recorder,
    canaries: [model, seal, step, file, vault],
    apiKey: model.value,
    sealKey: seal.value,
    jobTokens,
    temporary,
    hostFile,
    listener: port,
    aimModel: switchboard.aim,
    listen: (next) => {
      listener = next;
    },
    async hostFiles(name, files, links = {}) {
      const source = join(directory, "sources", name);
      await layFiles(source, files);
      for (const [path, target] of Object.entries(links)) await symlink(target, join(source, path));
      await twin.host(name, source);
      await rm(source, { recursive: true, force: true });
    },
    async close() {
      recorder.close();
      await twin.close();
      await switchboard.close();
      port.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await hostVault(lane, vault.value);
  return lane;
}

/** Somebody on the host to whom nobody in a sandbox may speak. */
export interface Listener {
  readonly port: number;
  connections(): number;
  close(): void;
}

async function openListener(): Promise<Listener> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, connections: () => connections, close: () => server.close() };
}

async function hostVault({ directory, twin }: Lane, secret: string): Promise<void> {
  await twin.github.createRepository(VAULT, {
    defaultBranch: "main",
    visibility: "private",
    collaborators: { OWNER: "admin" },
  });
  const source = join(directory, "sources/vault");
  await layFiles(source, { "secret.txt": `${secret}\n` });
  const { token } = twin.owner;
  const url = `${twin.github.url}/${VAULT}.git`;
  await push({ source, paths: ["."], url, token, scratch: directory });
}

/** Remembers whose token is whose: the twin forgets it with the job. */
function watchTokens(twin: Twin): Lane["jobTokens"] {
  const tokens = new Map<string, { readonly runId: number; readonly jobId: number }>();
  const mint = twin.github.mintJobToken;
  Object.assign(twin.github, {
    mintJobToken(grant: Parameters<typeof mint>[0]): string {
      const token = mint(grant);
      tokens.set(token, { runId: grant.runId, jobId: Number(grant.jobId) });
      return token;
    },
  });
  return tokens;
}

export async function layFiles(
  directory: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
}

/** One address for the life of the twin, behind which each attack has a model of its own. Bytes pass untouched. */
async function openSwitchboard() {
  let port = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((incoming) => {
    const outgoing = connect(port, "127.0.0.1");
    for (const socket of [incoming, outgoing]) {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
    }
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on("error", () => outgoing.destroy());
    outgoing.on("error", () => incoming.resetAndDestroy());
    outgoing.on("close", () => incoming.destroy());
    incoming.on("close", () => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    aim(url: string) {
      port = Number(new URL(url).port);
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
