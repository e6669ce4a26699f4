import { describe, expect, test } from "vitest";
import { DependencyOptions } from "../../../src/gatherers/dependencies/options.ts";
import type { SandboxCommand, SandboxResult } from "../../../src/ports/sandbox.ts";
import { gatherDependenciesIn } from "../../../src/workers/run-loop/dependencies.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";

const outdated = (names: readonly string[]) =>
  JSON.stringify(
    Object.fromEntries(
      names.map((name) => [name, { current: "1.0.0", wanted: "1.0.0", latest: "2.0.0" }]),
    ),
  );

interface Scene {
  readonly sources: readonly object[];
  /** What each command prints, by the line of it. */
  readonly printed: Readonly<Record<string, string | Uint8Array | undefined>>;
  readonly results?: Readonly<Record<string, SandboxResult>>;
  readonly remaining?: () => number;
}

async function play({ sources, printed, results = {}, remaining = () => 900_000 }: Scene) {
  const runs: SandboxCommand[] = [];
  const line = () => runs.at(-1)?.arguments?.[0] ?? "";
  const sandbox = createFakeSandbox({
    run: (command) => {
      runs.push(command);
      return results[line()] ?? exited(0);
    },
  });
  const workspace = await sandbox.workspace(async () => undefined);
  const gathered = await gatherDependenciesIn(
    {
      ...workspace,
      readFile: async (path) => {
        expect(path).toBe(".millwright/answered");
        const text = printed[line()];
        return typeof text === "string" ? new TextEncoder().encode(text) : text;
      },
    },
    { options: DependencyOptions.parse({ sources }), timeoutMs: remaining },
  );
  return { gathered, runs };
}

const NPM = "npm outdated --json --long";
const NOTES = "cat notes";
const NOTED = { tool: "npm", notes: NOTES };

describe("asking for outdated dependencies", () => {
  test("runs each tool in its folder with a network, its line an argument", async () => {
    const { gathered, runs } = await play({
      sources: [
        { tool: "npm", folder: "web" },
        { tool: "npm", run: "npm outdated --json" },
      ],
      printed: { [NPM]: outdated(["a"]), "npm outdated --json": outdated(["b"]) },
    });
    expect(runs).toEqual([
      {
        command:
          'mkdir -p .millwright && exec > .millwright/answered && cd -- "$2" && bash -c "$1" ask "${@:3}"',
        arguments: [NPM, "web"],
        timeoutMs: 900_000,
        network: true,
      },
      expect.objectContaining({ arguments: ["npm outdated --json", "."] }),
    ]);
    expect(gathered.measures.outdated).toBe(2);
  });

  test.each<[string, SandboxResult, string]>([
    ["fails", exited(2, " no registry\n"), `${NPM}: exit code 2: no registry`],
    ["takes too long", timedOut("still"), `${NPM}: it took too long: still`],
    ["ends too late", { ...timedOut("still"), exitCode: 0 }, `${NPM}: it took too long: still`],
    ["is killed", { ...exited(0), exitCode: null }, `${NPM}: exit code null: `],
    ["says much", exited(2, `a${"b".repeat(1_000)}`), `${NPM}: exit code 2: ${"b".repeat(1_000)}`],
  ])("is refused where it %s", async (_what, result, said) => {
    const scene = {
      sources: [{ tool: "npm" }],
      printed: { [NPM]: "{}" },
      results: { [NPM]: result },
    };
    await expect(play(scene)).rejects.toThrow(new Error(said));
  });

  test("names a command of several lines in one, and cuts it", async () => {
    const run = `one\ntwo ${"x".repeat(300)}`;
    const scene = { sources: [{ tool: "npm", run }], printed: {} };
    await expect(play(scene)).rejects.toThrow(
      /^one two x{150,200}.?: its output is no file any more$/u,
    );
  });

  test("is refused in another encoding", async () => {
    const printed = { [NPM]: Buffer.from(outdated(["é"]), "latin1") };
    await expect(play({ sources: [{ tool: "npm" }], printed })).rejects.toThrow();
  });
});

describe("asking for the notes of makers", () => {
  const asked = (runs: readonly SandboxCommand[]) =>
    runs.slice(1).map(({ arguments: words }) => words?.slice(1));

  test("is not done where nobody wants them", async () => {
    const { runs } = await play({
      sources: [{ tool: "npm" }],
      printed: { [NPM]: outdated(["a"]) },
    });
    expect(runs).toHaveLength(1);
  });

  test("is done once for each name, a minute long at most", async () => {
    const { gathered, runs } = await play({
      sources: [{ ...NOTED, folder: "web" }],
      printed: { [NPM]: outdated(["a", "b"]), [NOTES]: "# 2.0.0\n\nIt is faster.\n" },
    });
    expect(asked(runs)).toEqual([
      ["web", "a", "2.0.0"],
      ["web", "b", "2.0.0"],
    ]);
    expect(runs.map(({ timeoutMs }) => timeoutMs)).toEqual([900_000, 60_000, 60_000]);
    for (const item of gathered.items) expect(JSON.stringify(item)).toContain("It is faster.");
  });

  test("gets what is left of the time", async () => {
    const left = [70, 50];
    const { runs } = await play({
      sources: [NOTED],
      printed: { [NPM]: outdated(["a"]), [NOTES]: "" },
      remaining: () => left.shift() ?? 0,
    });
    expect(runs.map(({ timeoutMs }) => timeoutMs)).toEqual([70, 50]);
  });

  test("is done for twenty in all, and the others say so", async () => {
    const names = Array.from({ length: 15 }, (_none, index) => `p${index}`);
    const { gathered, runs } = await play({
      sources: [NOTED, { ...NOTED, folder: "web" }],
      printed: { [NPM]: outdated(names), [NOTES]: "" },
    });
    // Both folders were asked what is outdated.
    expect(runs).toHaveLength(2 + 20);
    expect(gathered.measures.outdated).toBe(15);
  });

  test("is not done for a name that could be something else", async () => {
    const { runs } = await play({
      sources: [NOTED],
      printed: { [NPM]: outdated(["--global", "a"]), [NOTES]: "" },
    });
    expect(asked(runs)).toEqual([[".", "a", "2.0.0"]]);
  });

  test("that fails is told with the reason, cut", async () => {
    const { gathered } = await play({
      sources: [NOTED],
      printed: { [NPM]: outdated(["a"]) },
      results: { [NOTES]: exited(1, "no notes") },
    });
    expect(gathered.items[0]?.body).toContain("cat notes: exit code 1: no notes");
  });

  test("by the tool itself is the tool's own command", async () => {
    const { runs } = await play({
      sources: [{ tool: "npm", notes: true }],
      printed: { [NPM]: outdated(["a"]) },
    });
    expect(runs[1]?.arguments?.[0]).toContain("npm pack --silent");
  });
});
