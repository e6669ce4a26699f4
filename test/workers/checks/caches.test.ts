import { afterEach, describe, expect, test } from "vitest";
import { createClock } from "../../../src/adapters/clock/clock.ts";
import { openRepository } from "../../../src/adapters/repository/repository.ts";
import { toolStores } from "../../../src/adapters/sandbox/toolchains/tool-stores.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { Sandbox } from "../../../src/ports/sandbox.ts";
import { type Bench, createWorkbench } from "../../../src/workers/checks/workbench.ts";
import { createGitFixture, type GitFixture } from "../../adapters/repository/fixture.ts";
import { describeInside, useSandboxes } from "../../adapters/sandbox/sandboxes.ts";
import { createFakeWeb } from "../../fakes/web.ts";
import { lineOrder } from "../orders.ts";

/** Caches that tools keep beside the code, ignored by git everywhere. */
const BESIDE = [
  "node_modules/left-pad/index.js",
  "node_modules/.bin/vitest",
  "node_modules/.cache/babel.json",
  ".pytest_cache/v/cache/lastfailed",
  ".mypy_cache/3.13/quote.data.json",
  ".ruff_cache/0.14.0/1",
  "shop/__pycache__/quote.cpython-313.pyc",
  ".venv/lib/python3.13/site-packages/quote.pth",
  "target/debug/deps/quote",
  "tsconfig.tsbuildinfo",
  "vendor/bundle/quote.rb",
  ".gradle/caches/quote.bin",
  "obj/project.assets.json",
  ".npmrc",
];

/** Caches in the stores of tools, by the variable that names each: one that is added to the table is poisoned too. */
const STORES = Object.entries(toolStores("/cache")).flatMap(([name, value]) =>
  value.startsWith("/cache") ? [`$${name}/stored`] : [],
);
const OF_TOOLS = [
  ...STORES,
  "$XDG_CACHE_HOME/go-build/00/00-d",
  "$GOPATH/pkg/mod/cache/download/quote.zip",
  "$CARGO_HOME/registry/cache/quote.crate",
  '$(echo "$MAVEN_OPTS" | sed s/.*repo.local=//)/quote.jar',
];
const LASTING = [...BESIDE.map((path) => `./${path}`), ...OF_TOOLS];
/** What no command leaves for the next, where there is a sandbox. */
const PASSING = ["$TMPDIR/quote"];
const ALL = [...LASTING, ...PASSING];

const each = (places: readonly string[], doing: string) =>
  places.map((place) => `p="${place}"; ${doing}`).join("\n");

const FILL = each(ALL, 'mkdir -p "${p%/*}"; printf "clean!" > "$p"');
const SHOW = each(ALL, 'v=absent; [ -f "$p" ] && IFS= read -r v < "$p"; echo "$v"');
/** As long, as old and in its place: nothing but the kernel's own time tells that it was written. */
const POISON = each(
  LASTING,
  'touch -r "$p" "$TMPDIR/age"; printf poison > "$p"; touch -r "$TMPDIR/age" "$p"',
);
/** Some of them in other ways: a folder that is a link elsewhere, a file of two names, rights that are gone, something new beside it. */
const TWIST = [
  "mv node_modules elsewhere && ln -s elsewhere node_modules && printf poison > elsewhere/left-pad/index.js",
  "ln -f tsconfig.tsbuildinfo other && printf poison > other",
  "printf poison > target/debug/deps/new && chmod 000 target/debug",
  "rm -rf .pytest_cache && printf poison > .pytest_cache",
].join("\n");

const FILES = { "src/quote.mjs": "1\n", "tools/fill.sh": FILL, "tools/show.sh": SHOW };
const CHECKS = {
  setup: "sh tools/fill.sh",
  lint: "sh tools/show.sh",
  test: "if [ -f test/poison.sh ]; then sh test/poison.sh; fi",
  build: "sh tools/show.sh",
};

const written = (path: string, content: string) =>
  ({ path, mode: "100644", encoding: "utf-8", content }) as const;

function poisons(isolation: "bubblewrap" | "none") {
  const { create } = useSandboxes();
  const fixtures: GitFixture[] = [];
  afterEach(() => {
    for (const fixture of fixtures.splice(0)) fixture.remove();
  });

  /** Setup takes its time, as far as anyone is told: then what it left is copied. */
  const slow = (sandbox: Sandbox): Sandbox => ({
    ...sandbox,
    workspace: async (fill) => {
      const workspace = await sandbox.workspace(fill);
      const run: typeof workspace.run = async (command) => {
        const result = await workspace.run(command);
        return { ...result, durationMs: result.durationMs + (command.network ? 10_000 : 0) };
      };
      return { ...workspace, run };
    },
  });

  async function open(sandbox: Sandbox) {
    const fixture = createGitFixture();
    fixtures.push(fixture);
    const base = fixture.commit(
      Object.fromEntries(
        Object.entries(FILES).map(([path, content]) => [path, { mode: "100644", content }]),
      ),
    );
    const repository = await openRepository(fixture.directory);
    const order = lineOrder({ base, config: Config.parse({ checks: CHECKS }) });
    const tree = await repository.treeOf(base);
    const web = createFakeWeb();
    const syntax = { parse: () => Promise.reject(new Error("nobody asked for a tree")) } as never;
    const ports = { repository, sandbox: slow(sandbox), clock: createClock(), web, syntax };
    const workbench = createWorkbench({ order, subject: { base, tree } }, ports);
    const bench = async (...[on, files]: Parameters<typeof workbench.prepare>) => {
      const prepared = await workbench.prepare(on, files);
      if ("refusal" in prepared) throw new Error(JSON.stringify(prepared.refusal));
      return prepared;
    };
    const close = async () => {
      await workbench.close();
      await repository.close();
    };
    return { bench, close };
  }

  const seen = async (bench: Bench, check: "lint" | "build") => {
    const said = (await bench.run(check)).tail.trimEnd().split("\n");
    return ALL.map((place, index) => `${place}: ${said[index]}`);
  };
  const clean = ALL.map((place) =>
    isolation === "bubblewrap" && PASSING.includes(place) ? `${place}: absent` : `${place}: clean!`,
  );

  test("no later run sees any cache that a change's run poisoned", async () => {
    const sandbox = await create({ isolation });
    const tests = [written("test/poison.sh", `${POISON}\n${TWIST}`)];
    const change = [written("src/quote.mjs", "2\n"), ...tests];
    const first = await open(sandbox);
    try {
      const changed = await first.bench("change", change);
      expect(await seen(changed, "lint")).toEqual(clean);
      expect(await changed.run("test")).toMatchObject({ status: "passed" });
      expect(await seen(changed, "build")).toEqual(clean);
      await changed.run("test");
      const withTests = await first.bench("base-with-changed-tests", tests);
      await withTests.run("test");
      expect(await seen(withTests, "build")).toEqual(clean);
      await withTests.run("test");
      const base = await first.bench("base", []);
      expect(await seen(base, "lint")).toEqual(clean);
    } finally {
      await first.close();
    }
    const later = await open(sandbox);
    try {
      expect(await seen(await later.bench("base", []), "build")).toEqual(clean);
    } finally {
      await later.close();
    }
  });
}

describeInside("caches in bubblewrap", () => poisons("bubblewrap"));
describe("caches without isolation", () => poisons("none"));
