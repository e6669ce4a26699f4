import { mkdtempSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  request as requestOf,
  type ServerResponse,
} from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { type Duplex, pipeline } from "node:stream";
import type { Missed } from "../../../ports/sandbox.ts";
import { isOfTheMachine, lookUpOutside } from "./machine-addresses.ts";
import { socketIn } from "./relay.ts";

/** A way out of the sandbox to a few hosts; `close` ends every connection through it. */
interface Gate {
  /** Places that were requested and not reached. */
  readonly missed: ReadonlyMap<string, Missed>;
  close(): Promise<void>;
}

/** Shared state of one gate's connections. */
interface Shared {
  readonly allowed: ReadonlySet<string>;
  readonly open: Set<Duplex>;
  miss(missed: Missed): void;
}

/** The most connections through one gate at a time: a browser opens dozens. */
const MOST_CONNECTIONS = 200;
/** The most missed places that are kept; these say enough. */
const MOST_MISSED = 20;
/** A browser drops connections that it opened in advance; only one that waited this long, in ms, got no answer. */
const PATIENCE_MS = 3_000;
const lookup = lookUpOutside();

/**
 * A proxy on a Unix socket, outside the sandbox: it connects to exactly these hosts, each written `host:port`, and answers
 * 403 to everything else. It resolves names itself, so that nothing inside asks a name server, and sends nothing of its own.
 */
async function openGate(socket: string, hosts: readonly string[]): Promise<Gate> {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  const open = new Set<Duplex>();
  const missed = new Map<string, Missed>();
  const miss: Shared["miss"] = (one) => {
    // A configured place is always kept, because there are few.
    if (one.isNamed || missed.size < MOST_MISSED) missed.set(one.place, one);
  };
  const shared = { allowed, open, miss };
  const server = createServer((request, response) => pass(request, response, shared));
  server.maxConnections = MOST_CONNECTIONS;
  server.on("connection", (near: Duplex) => keep(open, near));
  server.on("connect", (request: IncomingMessage, near: Duplex, head: Buffer) => {
    tunnel(request.url ?? "", { near, head, ...shared });
  });
  server.on("clientError", (_error, near) => near.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return {
    missed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const stream of open) stream.destroy();
      }),
  };
}

/**
 * Opens a gate in its own folder below `root` while `work` runs, which gets that folder. Returns also the places that
 * were requested and not reached.
 */
export async function throughGate<Done extends object>(
  root: string,
  hosts: readonly string[],
  work: (folder: string) => Promise<Done>,
): Promise<Done & { readonly missed: readonly Missed[] }> {
  const folder = mkdtempSync(join(root, "gate-"));
  const gate = await openGate(socketIn(folder), hosts);
  try {
    const done = await work(folder);
    return { ...done, missed: [...gate.missed.values()] };
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
  { near, head, ...shared }: Shared & { readonly near: Duplex; readonly head: Buffer },
): void {
  const place = placeNamed(`http://${target}`, shared);
  if (place === undefined) {
    near.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n${NOT_NAMED}`);
    return;
  }
  const waited = startWaiting(place, shared);
  const far = connect({ port: place.port, host: place.host, lookup });
  keep(shared.open, far);
  let isMade = false;
  far.once("connect", () => {
    isMade = true;
    near.write("HTTP/1.1 200 Connection established\r\n\r\n");
    far.write(head);
    near.pipe(far);
    far.pipe(near);
  });
  far.once("error", (error) => {
    if (!isMade) shared.miss(away(place, reasonOf(error)));
  });
  // The last bytes may still be on their way to a slow reader.
  far.on("close", () => near.end(isMade ? "" : BAD_GATEWAY, () => near.destroy()));
  near.on("close", () => {
    if (far.connecting) waited();
    far.destroy();
  });
}

const BAD_GATEWAY = "HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n";
const NOT_NAMED = "smoke.probes: this host is not named by the config\n";
/** Headers for the proxy only (RFC 9110 §7.6.1); `trailer` announces parts that are not passed on. */
const OF_THE_WAY = [
  ...["proxy-connection", "proxy-authorization", "connection", "keep-alive", "trailer"],
];

function pass(request: IncomingMessage, response: ServerResponse, shared: Shared): void {
  const place = placeNamed(request.url ?? "", shared);
  if (place === undefined || place.protocol !== "http:") {
    response.writeHead(403).end(NOT_NAMED);
    return;
  }
  const { host, port, path } = place;
  // Only the address names the target: a different `host` header would reach another site on the same machine.
  const headers = { ...headersOf(request), host: place.named };
  const { method } = request;
  const waited = startWaiting(place, shared);
  // A new connection: a kept one could be closed, or have data of an earlier request.
  const far = requestOf({ host, port, path, method, headers, lookup, agent: false });
  far.once("response", (answer) => passBack(answer, response));
  far.once("upgrade", (_answer, socket) => {
    socket.destroy();
    response.writeHead(502).end();
  });
  far.on("error", (error) => {
    // The client may be gone, which is no answer of the server.
    if (response.headersSent || response.destroyed) return;
    shared.miss(away(place, reasonOf(error)));
    response.writeHead(502).end();
  });
  response.on("close", () => {
    if (far.socket?.connecting === true) waited();
    far.destroy();
  });
  request.pipe(far);
}

function passBack(answer: IncomingMessage, response: ServerResponse): void {
  try {
    response.writeHead(answer.statusCode ?? 502, headersOf(answer));
  } catch {
    // An invalid server answer is production's fault, and must not end the worker.
    response.writeHead(502).end();
    answer.destroy();
    return;
  }
  // A partial answer ends with its connection, because a client would wait for the rest for ever.
  pipeline(answer, response, () => undefined);
}

function headersOf({ headers }: IncomingMessage): IncomingMessage["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_WAY.includes(name)));
}

function away({ key }: { readonly key: string }, reason: string): Missed {
  return { place: key, reason, isNamed: true };
}

/** The returned function is called when the client gives up waiting for a connection to this place. */
function startWaiting(place: { readonly key: string }, { miss }: Shared): () => void {
  const began = performance.now();
  return () => {
    const waitedMs = Math.round(performance.now() - began);
    if (waitedMs >= PATIENCE_MS) miss(away(place, `no answer within ${waitedMs} ms`));
  };
}

function reasonOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.message.slice(0, 100);
}

/** The place of an address if the config names it; any other request is recorded as missed. */
function placeNamed(address: string, { allowed, miss }: Shared) {
  const place = placeOf(address);
  if (place === undefined) return undefined;
  if (allowed.has(place.key) && !isOfTheMachine(place.host)) return place;
  miss({
    place: place.key.slice(0, 200),
    reason: "not named by the config",
    isNamed: false,
  });
  return undefined;
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
