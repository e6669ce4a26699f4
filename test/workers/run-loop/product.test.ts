import { describe, expect, test } from "vitest";
import { digestOf } from "../../../src/domain/digest.ts";
import { ProductOptions } from "../../../src/gatherers/product/options.ts";
import type { SandboxCommand } from "../../../src/ports/sandbox.ts";
import { gatherProductIn } from "../../../src/workers/run-loop/product.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";

const OPTIONS = ProductOptions.parse({
  setup: "npm ci",
  start: "node server.mjs",
  url: "http://127.0.0.1:3000",
  pages: [
    { name: "home", path: "/" },
    { name: "help", path: "/help" },
  ],
});
const FOLDER = ".millwright-visit";
const FAILURE = { method: "GET", url: "http://127.0.0.1:3000/no.json", why: "404" };

function seenPage(name: string, changes: object = {}) {
  return {
    ...{ name, url: `http://127.0.0.1:3000/${name}`, status: 200 },
    ...{ errors: [], exceptions: [], failures: [FAILURE], blocked: [], violations: [] },
    ...changes,
  };
}

async function look(pages: readonly object[], pictures: Readonly<Record<string, string>>) {
  const kept: [string, string][] = [];
  const sandbox = createFakeSandbox({
    run: () => exited(0, "visited"),
    readFile: (path) =>
      path === `${FOLDER}/seen.json`
        ? JSON.stringify({ browser: "Chromium", axe: "4", pages })
        : pictures[path],
  });
  const workspace = await sandbox.workspace(async () => undefined);
  const gathered = await gatherProductIn(workspace, {
    options: OPTIONS,
    timeoutMs: 1_234,
    visitor: {
      chromium: "/usr/bin/chromium",
      program: async () => "// visits",
      keep: async (file, bytes) => {
        kept.push([file, new TextDecoder().decode(bytes)]);
        return `${file} in an artifact`;
      },
    },
  });
  const pictureOf = ({ evidence }: (typeof gathered.items)[number]) =>
    evidence.find(({ what }) => what.startsWith("picture"));
  return { gathered, kept, sandbox, pictures: gathered.items.map(pictureOf) };
}

describe("a look at an application", () => {
  test("writes the program where its packages are found, and runs it with what it needs", async () => {
    const { sandbox } = await look([seenPage("home")], {});
    const [write, run] = sandbox.calls.filter(({ method }) => /write|run/.test(method));
    expect(write?.argument).toEqual([
      {
        path: ".millwright/visit.mjs",
        mode: "100644",
        encoding: "utf-8",
        content: "// visits",
      },
    ]);
    if (run === undefined) throw new Error("nothing ran");
    const { command, arguments: words, ...rest } = run.argument as SandboxCommand;
    expect(command).toBe(`node --disable-warning=ExperimentalWarning '.millwright/visit.mjs' "$@"`);
    const { setup: _, ...request } = OPTIONS;
    expect([JSON.parse(words?.[0] ?? ""), words?.[1]]).toEqual([
      { ...request, chromium: "/usr/bin/chromium" },
      FOLDER,
    ]);
    expect(rest).toEqual({ timeoutMs: 1_234 });
  });

  test("keeps the picture of each page that has one, as what its bytes are", async () => {
    const said = { file: "other.png", sha256: "f".repeat(64) };
    const { kept, pictures } = await look(
      [seenPage("home", { picture: said }), seenPage("help", { picture: said })],
      { [`${FOLDER}/home.png`]: "HOME", [`${FOLDER}/help.png`]: "HELP" },
    );
    expect(kept).toEqual([
      ["home.png", "HOME"],
      ["help.png", "HELP"],
    ]);
    expect(pictures).toEqual(
      ["home", "help"].map((name) => ({
        what: `picture of the page ${name}`,
        at: `${name}.png in an artifact`,
        output: `sha256 ${digestOf(name.toUpperCase())}`,
      })),
    );
  });

  test.each([
    ["no picture is told of", {}, { [`${FOLDER}/home.png`]: "HOME" }],
    ["none lies there", { picture: { file: "home.png", sha256: "f".repeat(64) } }, {}],
  ])("keeps none where %s", async (_what, changes, files) => {
    const { kept, pictures } = await look([seenPage("home", changes)], files);
    expect({ kept, pictures }).toEqual({ kept: [], pictures: [undefined] });
  });
});
