import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Output } from "../command/output.ts";
import { tellDemo } from "../demo/demo.ts";
import type { Told } from "../shared/play-and-tell.ts";
import { silentTerminal } from "../shared/terminal.ts";
import { auditFigures } from "./audit-speed.ts";
import { decideFigures } from "./decide-speed.ts";
import { type Figure, isMissed, sayFigure } from "./figure.ts";
import { type LargeRehearsal, rehearseLarge } from "./large-rehearsal.ts";
import { LARGE } from "./large-repository.ts";
import { lineFigures, reworkFigures } from "./line-figures.ts";
import { testFigures } from "./test-time.ts";

const COLD_STARTS = 15;

interface BenchOptions extends Output {
  readonly millwright: string;
}

/** Measures and prints one JSON line a figure; a table for people without `--json`. Exit code 1 when a target is missed. */
export async function runBench(options: BenchOptions): Promise<number> {
  const told = await playScripted(options.millwright, "happy");
  const sentBack = await playScripted(options.millwright, "rework");
  const large = await rehearseLarge(options.millwright);
  const figures = [
    ...lineFigures(told),
    ...reworkFigures(sentBack),
    ...largeFigures(large),
    ...(await auditFigures(options.millwright)),
    ...decideFigures(),
    ...bundleFigures(options.millwright),
  ];
  const kept = tellFigures(figures, options.json);
  return told.result.ok && sentBack.result.ok && large.ok && kept ? 0 : 1;
}

/** A scenario of the demo by its own script: no key of a model is passed on. */
function playScripted(millwright: string, scenario: string): Promise<Told> {
  return tellDemo({
    millwright,
    scenario,
    script: undefined,
    port: 0,
    terminal: silentTerminal(),
    signal: new AbortController().signal,
    environment: {},
  });
}

/** As `runBench`, of the tests alone. */
export async function benchTests(options: BenchOptions): Promise<number> {
  return tellFigures(await testFigures(options), options.json) ? 0 : 1;
}

/** Prints the figures, and answers whether every target was kept. */
function tellFigures(figures: readonly Figure[], json: boolean): boolean {
  for (const figure of figures) {
    const line = { ...figure, cores: availableParallelism(), node: process.versions.node };
    process.stdout.write(json ? `${JSON.stringify(line)}\n` : sayFigure(figure));
  }
  return figures.every((figure) => !isMissed(figure));
}

/** A rehearsal on a repository of the size that the project promises to be quick on. */
function largeFigures(large: LargeRehearsal): readonly Figure[] {
  const { overheadMs, checkoutMs, memoryBytes, requests } = large;
  return [
    { name: "large.files", value: LARGE.files, unit: "count" },
    { name: "large.commits", value: LARGE.commits, unit: "count" },
    { name: "large.overhead", value: overheadMs, unit: "ms", target: 25_000 },
    { name: "large.checkouts", value: checkoutMs, unit: "ms" },
    { name: "large.memory", value: memoryBytes, unit: "bytes", target: 2 ** 30 },
    { name: "large.requests", value: requests, unit: "count" },
  ];
}

function bundleFigures(millwright: string): readonly Figure[] {
  const actions = readdirSync(join(millwright, "actions")).filter(
    (name) => name !== "setup-sandbox",
  );
  const empty: Figure = { name: "start.empty-node", value: coldStart(["-e", "0"]), unit: "ms" };
  const each = actions.flatMap((name): readonly Figure[] => {
    const folder = join(millwright, "actions", name, "dist");
    return [
      { name: `bundle.${name}`, value: bytesIn(folder), unit: "bytes", target: bytesFor(name) },
      {
        name: `start.${name}`,
        value: coldStart([join(folder, "index.js")]),
        unit: "ms",
        target: 130,
      },
    ];
  });
  return [empty, ...each];
}

/** Control decides all tasks. Verify carries the grammars of nine languages, of which it loads those that a change needs. */
function bytesFor(action: string): number {
  if (action === "control") return 1_750_000;
  return action === "verify" ? 2_600_000 : 1_600_000;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Median wall clock from start to end with an empty environment: a bundle then refuses with its first line. */
function coldStart(argv: readonly string[]): number {
  const times = Array.from({ length: COLD_STARTS }, () => {
    const started = performance.now();
    spawnSync(process.execPath, argv, { env: {}, stdio: "ignore" });
    return performance.now() - started;
  }).sort((left, right) => left - right);
  return Math.round((times[Math.floor(COLD_STARTS / 2)] ?? 0) * 10) / 10;
}
