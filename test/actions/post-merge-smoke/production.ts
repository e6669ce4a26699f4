import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Some production on the loopback. */
export interface Production {
  readonly url: string;
  close(): Promise<void>;
}

/** A release as a process of its own: it names its commit, says how it is, and ends itself once it answered so often. */
const RELEASE = `
const { createServer } = require("node:http");
const [port, commit, health, most] = process.argv.slice(1);
let answered = 0;
const server = createServer((request, response) => {
  answered += 1;
  const isLast = answered === Number(most);
  response.on("finish", () => isLast && process.exit(0));
  response.setHeader("connection", "close");
  response.statusCode = request.url === "/health" ? Number(health) : 200;
  response.end(request.url === "/version" ? JSON.stringify({ commit }) : "{}");
});
server.listen(Number(port), "127.0.0.1", () => console.log(server.address().port));
`;

export interface Release {
  readonly commit: string;
  /** What it answers at /health. */
  readonly health: number;
}

/** A server whose process is replaced: the older one is gone before the newer one begins, as on a host with one place. */
export async function replacedProcess(
  older: Release & { readonly answers: number },
  newer: Release,
): Promise<Production> {
  const running: ChildProcess[] = [];
  const start = async (port: number, { commit, health }: Release, answers: number) => {
    const values = [port, commit, health, answers].map(String);
    const child = spawn(process.execPath, ["-e", RELEASE, ...values], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    running.push(child);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return { child, port: Number(line.toString()) };
  };
  const first = await start(0, older, older.answers);
  const replaced = once(first.child, "exit").then(() => start(first.port, newer, 0));
  return {
    url: `http://127.0.0.1:${first.port}`,
    close: async () => {
      first.child.kill();
      await replaced;
      for (const child of running) await end(child);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, "exit");
}

/** Files that a web server hands out, as Pages does: the folder of a release takes the place of the one before at once. */
export async function staticFiles(
  releases: readonly Readonly<Record<string, string>>[],
  answersEach: number,
): Promise<Production> {
  const folder = mkdtempSync(join(tmpdir(), "millwright-pages-"));
  const live = join(folder, "live");
  const publish = (index: number) => {
    const release = join(folder, `release-${index}`);
    mkdirSync(release);
    for (const [name, content] of Object.entries(releases[index] ?? {})) {
      writeFileSync(join(release, name), content);
    }
    const next = join(folder, "next");
    symlinkSync(release, next);
    renameSync(next, live);
  };
  let published = 0;
  let answered = 0;
  publish(0);
  const server = createServer((request, response) => {
    const file = createReadStream(join(live, request.url ?? ""));
    file.on("error", () => response.writeHead(404).end("File not found"));
    file.pipe(response);
    answered += 1;
    if (answered < answersEach || published === releases.length - 1) return;
    answered = 0;
    published += 1;
    response.on("finish", () => publish(published));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
