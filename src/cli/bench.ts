import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type LargeRehearsal, rehearseLarge } from "./bench/large-rehearsal.ts";
import { LARGE } from "./bench/large-repository.ts";
import { runDemo } from "./demo.ts";
import type { DemoResult } from "./result.ts";
import { createTerminal } from "./terminal.ts";

/** One measured figure. `target` is the bound that the project promises; absent where none is promised yet. */
interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "bytes" | "count" | "minutes" | "tokens" | "USD";
  readonly target?: number;
}

const COLD_STARTS = 15;

/** Measures and prints one JSON line a figure; a table for people without `--json`. Exit code 1 when a target is missed. */
export async function runBench(options: {
  readonly millwright: string;
  readonly json: boolean;
}): Promise<number> {
  const quiet = createTerminal(process.stderr, { quiet: true });
  const result = await runDemo({
    millwright: options.millwright,
    scenario: "happy",
    script: join(options.millwright, "src/cli/scenarios/happy.yml"),
    port: 0,
    terminal: quiet,
    signal: new AbortController().signal,
    environment: {},
  });
  const large = await rehearseLarge(options.millwright);
  const figures = [
    ...lineFigures(result),
    ...largeFigures(large),
    ...bundleFigures(options.millwright),
  ];
  for (const figure of figures) {
    const line = { ...figure, cores: availableParallelism(), node: process.versions.node };
    process.stdout.write(options.json ? `${JSON.stringify(line)}\n` : sayFigure(figure));
  }
  return result.ok && large.ok && figures.every((figure) => !isMissed(figure)) ? 0 : 1;
}

function isMissed(figure: Figure): boolean {
  return figure.target !== undefined && figure.value > figure.target;
}

function lineFigures(result: DemoResult): readonly Figure[] {
  const { durationMs, modelMs, requests, jobs, usage } = result;
  return [
    { name: "line.without-model", value: durationMs - modelMs, unit: "ms", target: 20_000 },
    { name: "line.requests", value: requests.rest + requests.graphql, unit: "count" },
    { name: "line.requests.writes", value: requests.writes, unit: "count" },
    { name: "line.jobs", value: jobs.count, unit: "count", target: 9 },
    { name: "line.billed", value: jobs.billedMinutes, unit: "minutes" },
    { name: "line.tokens.input", value: usage.inputTokens, unit: "tokens" },
    { name: "line.tokens.cache-read", value: usage.cacheReadTokens, unit: "tokens" },
    { name: "line.tokens.output", value: usage.outputTokens, unit: "tokens" },
    { name: "line.cost", value: usage.usd, unit: "USD" },
  ];
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
      { name: `bundle.${name}`, value: bytesIn(folder), unit: "bytes", target: 1_600_000 },
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

function sayFigure(figure: Figure): string {
  const value = `${figure.value.toLocaleString("en")} ${figure.unit}`.padStart(20);
  const target = figure.target === undefined ? "" : `  ≤ ${figure.target.toLocaleString("en")}`;
  return `${figure.name.padEnd(30)}${value}${target}${isMissed(figure) ? "  MISSED" : ""}\n`;
}
