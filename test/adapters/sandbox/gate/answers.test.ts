import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { throughGate } from "../../../../src/adapters/sandbox/gate/gate.ts";
import { socketIn } from "../../../../src/adapters/sandbox/gate/relay.ts";

let root = "";
const servers: Server[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gate-"));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(root, { recursive: true });
});

/** A server that says these bytes, whatever is asked, and hangs up. */
async function production(answer: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", () => socket.end(answer));
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What comes back through a gate to `hosts`, its first line and its last, and what the gate says was missed. */
async function ask(hosts: readonly string[], request: string) {
  return await throughGate(root, hosts, async (folder) => {
    const near = connect(socketIn(folder));
    near.write(request);
    let heard = "";
    for await (const chunk of near.setEncoding("latin1")) heard += chunk;
    return { first: heard.split("\r\n")[0], last: heard.split("\r\n").at(-1) };
  });
}

const get = (address: string, header = "") =>
  `GET ${address} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${header}\r\n`;
const OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n";

test.each<[string, string, string, string, string]>([
  ["a plain answer", `${OK}\r\nok`, "", "HTTP/1.1 200 OK", "ok"],
  ["an answer that names trailers", `${OK}trailer: a\r\n\r\nok`, "", "HTTP/1.1 200 OK", "ok"],
  ["a request that names trailers", `${OK}\r\nok`, "trailer: a\r\n", "HTTP/1.1 200 OK", "ok"],
  ["half an answer", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok", "", "HTTP/1.1 200 OK", "ok"],
  ["a status that there is not", "HTTP/1.1 099 X\r\n\r\n", "", "HTTP/1.1 502 Bad Gateway", ""],
  [
    "another protocol",
    "HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    "",
    "HTTP/1.1 502 Bad Gateway",
    "",
  ],
])("%s comes to an end, and ends no worker", async (_, answer, header, first, last) => {
  const named = await production(answer);
  const heard = await ask([named], get(`http://${named}/`, header));
  expect(heard).toMatchObject({ first, missed: [] });
  expect(heard.last).toBe(last);
});

const NOT_NAMED = "HTTP/1.1 403 Forbidden";
const AWAY = "HTTP/1.1 502 Bad Gateway";
const tunnel = (target: string) => `CONNECT ${target} HTTP/1.1\r\nhost: x\r\n\r\n`;
const NAMED = "example.com:443";

test.each<[string, string, string[]]>([
  [tunnel("other.example:443"), NOT_NAMED, ["other.example:443 (not named by the config)"]],
  [tunnel("example.com:22"), NOT_NAMED, ["example.com:22 (not named by the config)"]],
  [tunnel("example.com.:443"), NOT_NAMED, ["example.com.:443 (not named by the config)"]],
  [tunnel("example.com@[::1]:443"), NOT_NAMED, ["[::1]:443 (not named by the config)"]],
  [get("http://example.com/"), NOT_NAMED, ["example.com:80 (not named by the config)"]],
  [get("https://example.com/"), NOT_NAMED, []],
  [get("/latest/meta-data", "x: 1\r\n"), NOT_NAMED, []],
  [tunnel("169.254.169.254:80"), NOT_NAMED, ["169.254.169.254:80 (not named by the config)"]],
  [tunnel("0xa9fea9fe:80"), NOT_NAMED, ["169.254.169.254:80 (not named by the config)"]],
  [tunnel("127.0.0.1:1"), AWAY, ["127.0.0.1:1 (ECONNREFUSED)"]],
  [get("http://127.0.0.1:1/"), AWAY, ["127.0.0.1:1 (ECONNREFUSED)"]],
])("%j is answered with %s", async (request, first, missed) => {
  const heard = await ask([NAMED, "169.254.169.254:80", "127.0.0.1:1"], request);
  const told = heard.missed.map(({ place, reason }) => `${place} (${reason})`);
  expect({ first: heard.first, told }).toEqual({ first, told: missed });
  const isNamed = first === AWAY;
  for (const one of heard.missed) expect(one.isNamed).toBe(isNamed);
});
