import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, createServer as createPlain } from "node:net";
import { afterEach, expect, test } from "vitest";
import { describeInside, useSandboxes } from "../sandboxes.ts";

const { open } = useSandboxes();
const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function production(answer: (request: IncomingMessage) => string) {
  const server: Server = createServer((request, response) => response.end(answer(request)));
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function run(command: string, hosts: readonly string[]) {
  const workspace = await open({ isolation: "bubblewrap" });
  return await workspace.run({ command, hosts, timeoutMs: 30_000 });
}

describeInside("a command with a gate", () => {
  test("reaches the host that is named, by curl and by Node, and no other", async () => {
    const named = await production(({ url, headers }) => `named ${url} ${headers.host}`);
    const other = await production(() => "other");
    const ask = `node -e 'fetch(process.argv[1]).then(async (r) => console.log(r.status, await r.text()))'`;
    const result = await run(
      `curl -sS http://${named}/a?b; echo; ${ask} http://${named}/c; curl -sS -w '%{http_code}\\n' http://${other}/; curl -sS -H 'Host: ${other}' http://${named}/d; exit 3`,
      [named],
    );
    expect(result.output.split("\n")).toEqual([
      `named /a?b ${named}`,
      `200 named /c ${named}`,
      "smoke.probes: this host is not named by the config",
      "403",
      `named /d ${named}`,
    ]);
    expect(result.exitCode).toBe(3);
  });

  test("opens tunnels, for what is encrypted, to the named host alone", async () => {
    const echo = createPlain((socket) => socket.on("data", (data) => socket.end(data)));
    servers.push(echo);
    echo.listen(0, "127.0.0.1");
    await once(echo, "listening");
    const named = `127.0.0.1:${(echo.address() as AddressInfo).port}`;
    const through = (target: string) =>
      `exec 5<>/dev/tcp/127.0.0.1/3128; printf 'CONNECT ${target} HTTP/1.1\\r\\n\\r\\n' >&5; IFS= read -r line <&5; echo "$line"; IFS= read -r line <&5`;
    const result = await run(
      `(${through(named)}; echo hello >&5; cat <&5); (${through("127.0.0.1:1")})`,
      [named],
    );
    expect(result.output.replaceAll("\r", "").split("\n")).toEqual([
      ...["HTTP/1.1 200 Connection established", "hello"],
      ...["HTTP/1.1 403 Forbidden", ""],
    ]);
  });

  test("has no other way out: no network of the host, no names", async () => {
    const named = await production(() => "named");
    const other = await production(() => "other");
    const result = await run(
      `curl -sS --noproxy '*' -m 3 http://${other}/ >/dev/null 2>&1; echo $?; curl -sS --noproxy '*' -m 3 http://${named}/ >/dev/null 2>&1; echo $?; getent hosts example.com; echo $?; ls /sys/class/net 2>/dev/null; grep -c : /proc/net/dev`,
      [named],
    );
    expect(result.output).toBe("7\n7\n2\n1\n");
  });
});
