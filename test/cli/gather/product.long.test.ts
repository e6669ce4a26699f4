import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { playGather } from "../../../src/cli/gather/play-gather.ts";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import { HAS_BUBBLEWRAP } from "../../bubblewrap.ts";
import { CHROMIUM } from "../../chromium.ts";
import { repositoryOf } from "../../gatherers/repository.ts";
import { holdOutput } from "../../held-output.ts";
import { root } from "../../repository/bundles.ts";
import { skippedFor } from "../../skipped.ts";

/** An application with one fault of each kind. */
const SERVER = `import { createServer } from "node:http";
const page = \`<!doctype html><html lang="en"><title>Tea</title><h1>Tea</h1><img src="/none.png" alt="">
<button id="go" onclick="null.brew()"></button><p class="end" hidden>end</p><img src="https://example.com/x.png" alt="">
<script>console.error("cannot brew", Date.now())</script>\`;
createServer((asked, answer) => {
  const isPage = asked.url !== "/none.png";
  answer.writeHead(isPage ? 200 : 404, { "content-type": "text/html" }).end(isPage ? page : "");
}).listen(Number(process.argv[2]), "127.0.0.1");`;

async function look(options: object, words: { readonly sandbox: boolean }) {
  using repository = repositoryOf({ "server.mjs": SERVER });
  const output = mkdtempSync(join(tmpdir(), "millwright-product-"));
  const file = join(output, "with.json");
  writeFileSync(file, JSON.stringify(options));
  const held = holdOutput();
  try {
    const code = await playGather(
      {
        ...{ name: "product", repo: repository.folder, history: undefined, options: file, output },
        ...{ prefix: "factory:", json: true, quiet: false, sandbox: words.sandbox },
      },
      {
        ...{ millwright: root, environment: process.env, parts: {}, placeOf: () => root },
        ...{ write: () => undefined, say: () => undefined, end: () => undefined },
      },
    ).finally(held.release);
    const found = Gathered.parse(JSON.parse(held.stdout()));
    const isPicture = readFileSync(join(output, "home.png")).subarray(1, 4).toString() === "PNG";
    return { code, found, isPicture };
  } finally {
    rmSync(output, { recursive: true });
  }
}

const asked = (port: number) => ({
  start: `exec node server.mjs ${port}`,
  url: `http://127.0.0.1:${port}`,
  pages: [{ name: "home", path: "/", steps: [{ click: "#go" }, { see: "h1" }] }],
});

const CASES = [
  ["in the sandbox", true],
  ["without isolation", false],
] as const;

describe.skipIf(CHROMIUM === undefined)(
  `an application in Chromium${skippedFor(CHROMIUM === undefined, "there is no Chromium")}`,
  () => {
    for (const [where, sandbox] of CASES) {
      const lacks = sandbox && !HAS_BUBBLEWRAP;
      test.skipIf(lacks)(
        `${where}${skippedFor(lacks, "there is no bubblewrap")}`,
        async () => {
          const { code, found, isPicture } = await look(asked(sandbox ? 4_173 : 41_739), {
            sandbox,
          });
          expect({ code, isPicture }).toEqual({ code: 0, isPicture: true });
          const keys = found.items.map(({ key }) => key.replace(/:\d+:\d+$/, ":…"));
          expect(keys).toEqual([
            "exception home /:…",
            "request home GET /none.png",
            "console home /:…",
            "button-name home #go",
          ]);
          // Each with the picture of its page.
          expect(
            found.items.every(({ evidence }) => evidence.at(-1)?.at.endsWith("home.png")),
          ).toBe(true);
          expect(found.measures).toMatchObject({ "blocked-hosts": 1, "failed-steps": 0, pages: 1 });
        },
        90_000,
      );
    }

    test("says why an application did not come up", async () => {
      const options = { ...asked(41_740), start: "echo no tea >&2; exit 3", readyWithin: 20 };
      await expect(look(options, { sandbox: false })).rejects.toThrow(/it ended \(3\)\s+no tea/);
    }, 60_000);
  },
);
