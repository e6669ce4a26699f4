import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { SandboxCommand } from "../../../src/ports/sandbox.ts";
import { measureIn, runsIn } from "../../../src/workers/run-loop/performance.ts";
import { createFakeSandbox, exited } from "../../fakes/sandbox.ts";

const PRINTS = {
  ...{ name: "search", run: "node bench.mjs", prints: true, times: 3 },
  ...{ unit: "ms", better: "lower", effect: 0.1 },
} as const;

/** What commands print one after the other, and how long each takes. */
async function measured(
  options: Partial<Parameters<typeof measureIn>[1]>,
  given: {
    readonly outputs?: readonly string[];
    readonly exitCode?: number;
    readonly files?: Readonly<Record<string, string>>;
    readonly timeoutMs?: () => number;
  } = {},
) {
  const { outputs = [""], exitCode = 0, files = {} } = given;
  const ran: SandboxCommand[] = [];
  const sandbox = createFakeSandbox({
    run: (command) => {
      ran.push(command);
      return exited(exitCode, outputs[ran.length - 1] ?? "", ran.length * 100);
    },
    find: (glob) => Object.keys(files).filter((path) => path.startsWith(glob.replace("*", ""))),
    readFile: (path) => files[path],
  });
  const workspace = await sandbox.workspace(async () => undefined);
  const found = await measureIn(workspace, { sizes: [], probes: [], ...options }, given.timeoutMs);
  return { ...found, ran };
}

describe("a probe", () => {
  test.each<readonly [string, string, readonly number[]]>([
    ["one number", "213", [213]],
    [
      "several, with blanks and empty lines between them",
      "\n 213 \n\n2.5e3\n-1\n",
      [213, 2500, -1],
    ],
  ])("that prints %s", async (_, output, numbers) => {
    const { probes, ran } = await measured({ probes: [PRINTS] }, { outputs: [output] });
    expect(probes).toEqual({ search: numbers });
    expect(ran).toEqual([{ command: "node bench.mjs", timeoutMs: 600_000 }]);
  });

  test.each([
    ["a word", "213\nfast\n"],
    ["nothing", ""],
    ["blanks alone", " \n\n"],
    ["more than a number can be", "1e999"],
  ])("that prints %s is refused: nobody guesses what it means", async (_, output) => {
    const found = measured({ probes: [PRINTS] }, { outputs: [output] });
    await expect(found).rejects.toThrow(/^node bench\.mjs: \S.*\n/s);
  });

  test("shows a thousand characters of what it printed instead", async () => {
    const found = measured({ probes: [PRINTS] }, { outputs: ["x".repeat(5_000)] });
    const { message } = await found.then(
      () => new Error("it was measured"),
      (error: Error) => error,
    );
    expect(message.split("\n").at(-1)).toBe("x".repeat(1_000));
  });

  test("is timed as often as it asks, where it prints nothing", async () => {
    const { probes, ran } = await measured({ probes: [{ ...PRINTS, prints: false }] });
    expect(probes).toEqual({ search: [100, 200, 300] });
    expect(ran).toHaveLength(3);
  });

  test("that fails says how it ended", async () => {
    const found = measured({ probes: [PRINTS] }, { outputs: ["no such file"], exitCode: 2 });
    await expect(found).rejects.toThrow("node bench.mjs: exited, exit code 2\nno such file");
  });

  test("has the time that is left, asked anew before each command, and never more than ten minutes", async () => {
    let left = 1_200_000;
    const timeoutMs = () => (left -= 500_000);
    const probes = [{ ...PRINTS, prints: false }];
    const { ran } = await measured({ probes }, { timeoutMs });
    expect(ran.map((command) => command.timeoutMs)).toEqual([600_000, 200_000, -300_000]);
  });
});

describe("a size", () => {
  const files = { "dist/a.js": "a".repeat(900), "dist/b.js": "b", "lib/c.js": "c" };
  const zipped = (...texts: readonly string[]) =>
    texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);

  test("is that of all files that match, each once", async () => {
    const sizes = [
      { growth: 0, name: "bundle", files: ["dist/*", "dist/a*"] },
      { growth: 0, name: "all", files: ["dist/*", "lib/*"] },
    ];
    const found = await measured({ sizes }, { files });
    expect(found.sizes).toEqual({
      bundle: { bytes: 901, gzip: zipped("a".repeat(900), "b") },
      all: { bytes: 902, gzip: zipped("a".repeat(900), "b", "c") },
    });
  });

  test("of nothing is refused", async () => {
    const found = measured(
      { sizes: [{ growth: 0, name: "bundle", files: ["x/*", "y/*"] }] },
      { files },
    );
    await expect(found).rejects.toThrow(/^x\/\*, y\/\*: \S/);
  });
});

test("committed runs are those of the file, none where there is none, and a fault names its place", () => {
  const empty = { version: 1, runs: [] };
  expect(runsIn(undefined, "runs.json")).toEqual(empty);
  expect(runsIn(JSON.stringify(empty), "runs.json")).toEqual(empty);
  expect(() => runsIn('{"version":1,"runs":[{}]}', "runs.json")).toThrow(
    /^runs\.json: runs\.0\.\w+: /,
  );
});
