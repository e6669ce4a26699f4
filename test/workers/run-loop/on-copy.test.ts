import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import type { SandboxCommand, SandboxResult } from "../../../src/ports/sandbox.ts";
import { onCopy } from "../../../src/workers/run-loop/on-copy.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";
import { loopOrder } from "../orders.ts";

const SETUP = { run: "npm ci", timeoutSeconds: 30 };
const WITH_SETUP = { gather: { command: "node find.mjs", setup: true } };

interface Scene {
  readonly front?: object;
  readonly setup?: unknown;
  readonly more?: Parameters<typeof onCopy>[2]["setups"];
  readonly shows?: boolean;
  readonly run?: (command: SandboxCommand) => SandboxResult;
  readonly work?: () => Promise<string>;
  readonly remainingMs?: () => number;
}

async function play(scene: Scene) {
  const { front = {}, setup, more, shows, run = () => exited(0) } = scene;
  const repository = createFakeRepository();
  const base = repository.commit({ "find.mjs": "" });
  const config = Config.parse({
    checks: { test: "npm test", ...(setup === undefined ? {} : { setup }) },
  });
  const sandbox = createFakeSandbox({ run });
  const work = scene.work ?? (async () => "worked");
  const found = onCopy(
    loopOrder({ base, config }, front),
    { repository, sandbox, remainingMs: scene.remainingMs ?? (() => 3_600_000) },
    {
      work,
      ...(more === undefined ? {} : { setups: more }),
      ...(shows === undefined ? {} : { shows }),
    },
  );
  const settled = await found.catch((error: unknown) => error);
  const of = (wanted: string) =>
    sandbox.calls.filter(({ method }) => method === wanted).map(({ argument }) => argument);
  const methods = sandbox.calls.map(({ method }) => method);
  return { found: settled, base, repository, methods, runs: of("run"), writes: of("write") };
}

describe("a copy of the base for one command", () => {
  test("holds the base, then what may be seen of GitHub, and is closed", async () => {
    const { found, base, repository, methods, writes } = await play({});
    expect(found).toBe("worked");
    expect(repository.materialized).toEqual([{ treeish: base, directory: "/fake/workspace-1" }]);
    expect(methods).toEqual(["fill", "write", "close"]);
    expect(writes).toEqual([
      [
        {
          path: ".millwright/visible.json",
          mode: "100644",
          encoding: "utf-8",
          content: '{"version":1}',
        },
      ],
    ]);
  });

  test("shows nothing of GitHub where the command has a network", async () => {
    const { methods } = await play({ shows: false });
    expect(methods).toEqual(["fill", "close"]);
  });

  test("is closed where the command fails", async () => {
    const fails = () => Promise.reject(new Error("broken"));
    const { found, methods } = await play({ work: fails });
    expect(found).toEqual(new Error("broken"));
    expect(methods.at(-1)).toBe("close");
  });

  test.each<[string, Scene, object[]]>([
    ["the loop asks for none", { setup: SETUP }, []],
    ["the config has none", { front: WITH_SETUP }, []],
    [
      "both are there",
      { front: WITH_SETUP, setup: SETUP },
      [{ command: "npm ci", network: true, timeoutMs: 30_000 }],
    ],
    [
      "the loop brings its own",
      { front: WITH_SETUP, setup: "npm ci", more: [{ run: "node --run build" }] },
      [
        { command: "npm ci", network: true, timeoutMs: 600_000 },
        { command: "node --run build", network: true, timeoutMs: 600_000 },
      ],
    ],
    [
      "time is short",
      { front: WITH_SETUP, setup: SETUP, remainingMs: () => 70 },
      [{ command: "npm ci", timeoutMs: 70 }],
    ],
    [
      "time is up",
      { front: WITH_SETUP, setup: SETUP, remainingMs: () => -5 },
      [{ command: "npm ci", timeoutMs: 1 }],
    ],
  ])("runs setup by what is asked, where %s", async (_what, scene, runs) => {
    expect((await play(scene)).runs).toEqual(runs.map((run) => expect.objectContaining(run)));
  });

  test.each<[string, SandboxResult, string]>([
    ["fails", exited(1, "  no registry \n"), "exit code 1: no registry"],
    ["takes too long", timedOut("still"), "exit code none: still"],
    [
      "takes too long with an exit code",
      { ...timedOut("still"), exitCode: 0 },
      "exit code 0: still",
    ],
    ["says much", exited(1, `a${"b".repeat(1_000)}`), `exit code 1: ${"b".repeat(1_000)}`],
  ])(
    "is refused where setup %s, before anything of strangers stands there",
    async (_what, result, said) => {
      const run = () => result;
      const { found, methods } = await play({ front: WITH_SETUP, setup: SETUP, run });
      expect(found).toEqual({
        refusal: {
          code: "check-failed",
          subject: "setup",
          found: said,
          accepted: "` npm ci ` succeeds on the base commit",
          hint: "mend-setup",
        },
      });
      expect(methods).toEqual(["fill", "run", "close"]);
    },
  );

  test("runs no second setup after one that fails", async () => {
    const results = [exited(0), exited(1), exited(0)];
    const { runs } = await play({
      front: WITH_SETUP,
      setup: SETUP,
      more: [{ run: "one" }, { run: "two" }],
      run: () => results.shift() ?? exited(0),
    });
    expect(runs).toHaveLength(2);
  });
});
