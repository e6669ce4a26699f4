import { mkdtempSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  request as requestOf,
  type ServerResponse,
} from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { socketIn } from "./relay.ts";

/** A way out of the sandbox to a few hosts; `close` ends every connection through it. */
interface Gate {
  close(): Promise<void>;
}

/** Connections through one gate at a time: a browser opens dozens. */
const MOST_CONNECTIONS = 200;

/**
 * A proxy on a Unix socket, outside of the sandbox: it connects to exactly these hosts, each written `host:port`, and answers
 * 403 to everything else. It resolves names itself, so that nothing inside asks a name server, and sends nothing of its own.
 */
async function openGate(socket: string, hosts: readonly string[]): Promise<Gate> {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  const open = new Set<Duplex>();
  const server = createServer((request, response) => pass(request, response, allowed));
  server.maxConnections = MOST_CONNECTIONS;
  server.on("connection", (near: Duplex) => keep(open, near));
  server.on("connect", (request: IncomingMessage, near: Duplex, head: Buffer) => {
    tunnel(request.url ?? "", { near, head, allowed, open });
  });
  server.on("clientError", (_error, near) => near.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const stream of open) stream.destroy();
      }),
  };
}

/** Opens a gate in a folder of its own below `root` while `work` lasts, which is told that folder. */
export async function throughGate<Done>(
  root: string,
  hosts: readonly string[],
  work: (folder: string) => Promise<Done>,
): Promise<Done> {
  const folder = mkdtempSync(join(root, "gate-"));
  const gate = await openGate(socketIn(folder), hosts);
  try {
    return await work(folder);
  } finally {
    await gate.close();
  }
}

function keep(open: Set<Duplex>, stream: Duplex): void {
  open.add(stream);
  stream.on("close", () => open.delete(stream));
  stream.on("error", () => stream.destroy());
}

function tunnel(
  target: string,
  way: {
    readonly near: Duplex;
    readonly head: Buffer;
    readonly allowed: ReadonlySet<string>;
    readonly open: Set<Duplex>;
  },
): void {
  const { near, head, allowed, open } = way;
  const place = placeOf(`http://${target}`);
  if (place === undefined || !allowed.has(place.key)) {
    near.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n${NOT_NAMED}`);
    return;
  }
  // `CONNECT host` without a port is no port 80.
  const far = connect(place.port, place.host);
  keep(open, far);
  far.once("connect", () => {
    near.write("HTTP/1.1 200 Connection established\r\n\r\n");
    far.write(head);
    near.pipe(far);
    far.pipe(near);
  });
  far.on("close", () => near.destroy());
  near.on("close", () => far.destroy());
}

const NOT_NAMED = "smoke.probes: this host is not named by the config\n";
/** Headers of the way to a proxy, not of what is asked (RFC 9110 §7.6.1). */
const OF_THE_WAY = ["proxy-connection", "proxy-authorization", "connection", "keep-alive"];

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  allowed: ReadonlySet<string>,
): void {
  const place = placeOf(request.url ?? "");
  if (place === undefined || place.protocol !== "http:" || !allowed.has(place.key)) {
    response.writeHead(403).end(NOT_NAMED);
    return;
  }
  const named = Object.entries(request.headers).filter(([name]) => !OF_THE_WAY.includes(name));
  const { host, port, path } = place;
  // Whom it asks is the address alone: a `host` header that differs would reach a neighbour on the same machine.
  const headers = { ...Object.fromEntries(named), host: place.named };
  const far = requestOf({ host, port, path, method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  far.on("error", () => response.destroy());
  response.on("close", () => far.destroy());
  request.pipe(far);
}

function placeOf(address: string) {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, host, port, pathname, search } = new URL(address);
  const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  return {
    protocol,
    key: `${hostname}:${number}`,
    host: hostname.replace(/^\[|\]$/g, ""),
    port: number,
    named: host,
    path: `${pathname}${search}`,
  };
}
