import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox } from "../../../src/adapters/sandbox/sandbox.ts";
import type { Workspace } from "../../../src/ports/sandbox.ts";
import { gather } from "../../../src/workers/run-loop/gather.ts";
import { HAS_BUBBLEWRAP } from "../../bubblewrap.ts";
import { CHROMIUM } from "../../chromium.ts";
import { root } from "../../repository/bundles.ts";
import { skippedFor } from "../../skipped.ts";

const SERVER = `import { createServer } from "node:http";
createServer((_, answer) => {
  answer.writeHead(200, { "content-type": "text/html" });
  answer.end('<!doctype html><html lang="en"><title>Tea</title><button id="go"></button>');
}).listen(4173, "127.0.0.1");`;
const PRODUCT = {
  start: "exec node server.mjs",
  url: "http://127.0.0.1:4173",
  pages: [{ name: "home", path: "/" }],
};
const FILES = {
  "README.md": "[a](no.md)\n",
  "server.mjs": SERVER,
  "product.yml": JSON.stringify(PRODUCT),
};

describe.skipIf(!HAS_BUBBLEWRAP)(
  `a loop's command${skippedFor(!HAS_BUBBLEWRAP, "there is no bubblewrap")}`,
  () => {
    let workspace: Workspace;
    beforeAll(async () => {
      const sandbox = await createSandbox({ isolation: "bubblewrap", read: [root, "/etc/fonts"] });
      if ("refusal" in sandbox) throw new Error(JSON.stringify(sandbox.refusal));
      workspace = await sandbox.workspace(async (folder) => {
        mkdirSync(join(folder, ".millwright"));
        for (const [path, text] of Object.entries(FILES)) writeFileSync(join(folder, path), text);
      });
    });
    afterAll(() => workspace.close());

    /** As the worker of a loop runs it: in the sandbox, without a network, standard output alone. */
    async function inLoop(words: string) {
      // What one command compiled is the next one's: it is half of what they take.
      const command = `NODE_COMPILE_CACHE="$XDG_CACHE_HOME/node" node ${root}/src/cli/main.ts gather ${words} --json`;
      const found = await gather(workspace, { what: "gather", command, timeoutMs: 90_000 });
      return "refusal" in found ? found.refusal : found.gathered.items.map(({ key }) => key);
    }

    test("gathers documentation", async () => {
      expect(await inLoop("documentation")).toEqual(["link README.md no.md"]);
    }, 60_000);

    test.skipIf(CHROMIUM === undefined)(
      `looks at the application with a browser, inside${skippedFor(CHROMIUM === undefined, "there is no Chromium")}`,
      async () => {
        const words = "product --with product.yml --output pictures --no-sandbox";
        expect(await inLoop(words)).toEqual(["button-name home #go"]);
      },
      120_000,
    );
  },
);
