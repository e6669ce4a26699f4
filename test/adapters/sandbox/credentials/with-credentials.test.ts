import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createSandbox } from "../../../../src/adapters/sandbox/sandbox.ts";
import { credentialsFor } from "../../../../src/domain/config/registries/credentials.ts";
import { describeInside, useSandboxes } from "../sandboxes.ts";

const { folder, open } = useSandboxes();
const TOKEN = "npm_0123456789abcdef";

function credentials(url = "https://npm.example.com/") {
  return credentialsFor([{ use: "npm", url, token: "NPM_TOKEN" }], new Map([["NPM_TOKEN", TOKEN]]));
}

function suite(isolation: "bubblewrap" | "none"): void {
  const run = async (command: string, network: boolean) => {
    const workspace = await open({ isolation, credentials: credentials() }, {});
    const result = await workspace.run({ command, network, timeoutMs: 60_000 });
    return { workspace, result };
  };

  test("a command with a network is given them, and its output shows none", async () => {
    const { result } = await run('tail -n 1 "$NPM_CONFIG_USERCONFIG"', true);
    expect(result).toMatchObject({
      exitCode: 0,
      output: "//npm.example.com/:_authToken=[NPM_TOKEN]\n",
    });
  });

  test("no other command is, nor does a later one find them", async () => {
    const { workspace, result } = await run(`test -s "$NPM_CONFIG_USERCONFIG"`, true);
    expect(result.exitCode).toBe(0);
    const later = await workspace.run({
      command: 'echo "<$NPM_CONFIG_USERCONFIG>"; ls -d /credentials; env',
      timeoutMs: 60_000,
    });
    expect(later.output).toContain("<>");
    expect(later.output).not.toContain(TOKEN);
    expect(existsSync(join(workspace.directory, "..", "credentials"))).toBe(false);
  });

  test.each([
    [
      "as it is, in an ignored folder",
      `mkdir -p a/.b; cp "$NPM_CONFIG_USERCONFIG" a/.b/c`,
      "workspace/a/.b/c",
    ],
    [
      "in the cache, in a file of bytes",
      `printf '\\0\\377${TOKEN}' > "$npm_config_cache-x"`,
      "cache/npm-x",
    ],
    ["in base64", `printf ${TOKEN} | base64 > z`, "workspace/z"],
    ["with its user, in base64", `printf token:${TOKEN} | base64 > z`, "workspace/z"],
  ])("a token that is left behind %s fails the command", async (_how, command, place) => {
    const { result } = await run(command, true);
    expect(result.exitCode).toBeNull();
    expect(result.output).toContain(`[stopped: it left the token NPM_TOKEN in ${place}]`);
  });
}

describe("credentials without isolation", () => suite("none"));
describeInside("credentials inside bubblewrap", () => suite("bubblewrap"));

describeInside("a private registry", () => {
  test("hears npm itself with the token", async () => {
    const heard: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      heard.push(request.headers.authorization);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const own = credentials(`https://127.0.0.1:${port}/`);
      const workspace = await open({ isolation: "bubblewrap", credentials: own }, {});
      const command = `npm ping --registry=http://127.0.0.1:${port}/`;
      const result = await workspace.run({ command, network: true, timeoutMs: 60_000 });
      expect(result.exitCode, result.output).toBe(0);
      expect(new Set(heard)).toEqual(new Set([`Bearer ${TOKEN}`]));
    } finally {
      server.close();
    }
  });
});

describe("createSandbox", () => {
  test("says why the credentials cannot be had, before it makes anything", async () => {
    const refusal = { code: "secret-missing", subject: "FACTORY_REGISTRY_TOKENS" } as const;
    const made = await createSandbox({
      isolation: "none",
      scratch: folder(),
      credentials: { refusal },
    });
    expect(made).toEqual({ refusal });
  });
});
