import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { SandboxCommand, SandboxResult, Workspace } from "../../../src/ports/sandbox.ts";
import { measureIn, runsIn } from "../../../src/workers/run-loop/performance.ts";
import { createFakeSandbox, exited, type FakeSandboxScript } from "../../fakes/sandbox.ts";

async function workspaceOf(script: FakeSandboxScript): Promise<Workspace> {
  return await createFakeSandbox(script).workspace(async () => undefined);
}

const PRINTS = {
  ...{ name: "search", run: "node bench.mjs", prints: true, times: 3 },
  ...{ unit: "ms", better: "lower" as const, effect: 0.05 },
};
const TIMED = { ...PRINTS, prints: false };

async function probe(output: string) {
  const workspace = await workspaceOf({ run: () => exited(0, output) });
  return (await measureIn(workspace, { sizes: [], probes: [PRINTS] })).probes;
}

describe("a probe that prints", () => {
  test.each<[string, number[]]>([
    ["213\n", [213]],
    ["213", [213]],
    ["  1.5 \r\n\n\t-2e3\n   \n0\n", [1.5, -2000, 0]],
  ])("%j is read as numbers", async (output, expected) => {
    expect(await probe(output)).toEqual({ search: expected });
  });

  test.each(["", "\n  \n", "213 ms\n", "213\nms\n", "Infinity\n", "NaN\n"])(
    "%j is refused",
    async (output) => {
      await expect(probe(output)).rejects.toThrow(/^node bench\.mjs: .+/);
    },
  );

  test("is refused with the start of what it printed", async () => {
    const failed = await probe(`word ${"x".repeat(2_000)}`).catch(String);
    expect(failed).toMatch(/\nword x{995}$/);
  });
});

test("a probe that prints nothing is timed as often as it asks", async () => {
  const left = [30, 10, 20, 40];
  const workspace = await workspaceOf({ run: () => exited(0, "words", left.shift()) });
  const { probes } = await measureIn(workspace, { sizes: [], probes: [TIMED] });
  expect(probes).toEqual({ search: [30, 10, 20] });
});

test("each command gets what is left of the time, ten minutes at most", async () => {
  const limits: number[] = [];
  const run = ({ timeoutMs }: SandboxCommand) => {
    limits.push(timeoutMs);
    return exited(0);
  };
  const workspace = await workspaceOf({ run });
  const remaining = [900_000, 600_001, 5];
  await measureIn(workspace, { sizes: [], probes: [TIMED] }, () => remaining.shift() ?? 0);
  await measureIn(workspace, { sizes: [], probes: [{ ...TIMED, times: 1 }] });
  expect(limits).toEqual([600_000, 600_000, 5, 600_000]);
});

test.each<[string, SandboxResult, string]>([
  ["fails", exited(2, "no file"), "node bench.mjs: exited, exit code 2\nno file"],
  [
    "takes too long",
    { ...exited(0, "still at it"), status: "timed-out", exitCode: null },
    "node bench.mjs: timed-out, exit code null\nstill at it",
  ],
])("a command that %s is told with what it printed", async (_what, result, said) => {
  const workspace = await workspaceOf({ run: () => result });
  await expect(measureIn(workspace, { sizes: [], probes: [TIMED] })).rejects.toThrow(
    new Error(said),
  );
});

describe("a size", () => {
  const FILES: Readonly<Record<string, string>> = { "dist/a.js": "aaaaaaaaaa", "dist/b.js": "b" };
  const weigh = async (found: Readonly<Record<string, readonly string[]>>) => {
    const read: string[] = [];
    const workspace = await workspaceOf({
      find: (pattern) => found[pattern] ?? [],
      readFile: (path) => {
        read.push(path);
        return FILES[path];
      },
    });
    const sizes = [{ name: "bundle", files: Object.keys(found), growth: 0.02 }];
    return { read, ...(await measureIn(workspace, { sizes, probes: [] })) };
  };
  const zipped = (text: string) => gzipSync(text, { level: 9 }).length;

  test("is the sum of its files, each counted once and zipped alone", async () => {
    const { read, sizes, probes } = await weigh({
      "dist/*.js": ["dist/b.js", "dist/a.js"],
      "dist/a*": ["dist/a.js"],
    });
    expect(read).toEqual(["dist/a.js", "dist/b.js"]);
    expect(sizes).toEqual({
      bundle: { bytes: 11, gzip: zipped("aaaaaaaaaa") + zipped("b") },
    });
    expect(probes).toEqual({});
  });

  test("leaves out what is gone when it is read", async () => {
    const { sizes } = await weigh({ "dist/*": ["dist/b.js", "dist/gone.js"] });
    expect(sizes).toEqual({ bundle: { bytes: 1, gzip: zipped("b") } });
  });

  test("of no file is refused", async () => {
    await expect(weigh({ "dist/*.js": [], "lib/*": [] })).rejects.toThrow(
      /^dist\/\*\.js, lib\/\*: /,
    );
  });
});

describe("committed runs", () => {
  test("are none where there is no file", () => {
    expect(runsIn(undefined, "performance.json")).toEqual({ version: 1, runs: [] });
  });

  test("are read as they stand", () => {
    const run = {
      commit: "a".repeat(40),
      at: "2026-11-01T00:00:00Z",
      sizes: { bundle: { bytes: 10, gzip: 30 } },
      probes: { search: [1, 2] },
    };
    const text = JSON.stringify({ version: 1, runs: [run] });
    expect(runsIn(text, "performance.json")).toEqual({ version: 1, runs: [run] });
  });

  test("are refused with the place of the fault", () => {
    const text = JSON.stringify({ version: 1, runs: [{ commit: 3 }] });
    expect(() => runsIn(text, "performance.json")).toThrow(
      /^performance\.json: runs\.0\.commit: ./,
    );
  });
});
