import { constants, gzipSync } from "node:zlib";
import type { PerformanceOptions, Probe } from "../../gatherers/performance/options.ts";
import { type MeasuredRun, RunsFile } from "../../gatherers/performance/runs.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { noteText } from "../../wording/gathered/notes.ts";

const PROBE_MS = 600_000;
const MOST_BYTES = 200_000_000;

/**
 * Times the probes and weighs the files of a workspace after `setup`, without a network. @param timeoutMs asked again
 * before each command, in ms @throws if a command fails, prints no number, or no file matches
 */
export async function measureIn(
  workspace: Workspace,
  { sizes, probes }: Pick<PerformanceOptions, "sizes" | "probes">,
  timeoutMs: () => number = () => PROBE_MS,
): Promise<Pick<MeasuredRun, "sizes" | "probes">> {
  const measured: Record<string, number[]> = {};
  const bounded = () => Math.min(PROBE_MS, timeoutMs());
  for (const probe of probes) measured[probe.name] = await probeOf(workspace, probe, bounded);
  const weighed: MeasuredRun["sizes"] = {};
  for (const { name, files } of sizes) weighed[name] = await weigh(workspace, files);
  return { sizes: weighed, probes: measured };
}

/** The runs in a committed file; empty if it is missing. @throws if it is no such file */
export function runsIn(text: string | undefined, path: string): RunsFile {
  if (text === undefined) return { version: 1, runs: [] };
  const read = RunsFile.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${path}: ${issue?.path.join(".")}: ${issue?.message}`);
}

async function runOnce(workspace: Workspace, command: Parameters<Workspace["run"]>[0]) {
  const ran = await workspace.run(command);
  if (ran.exitCode === 0) return ran;
  throw new Error(`${command.command}: ${ran.status}, exit code ${ran.exitCode}\n${ran.output}`);
}

async function probeOf(
  workspace: Workspace,
  probe: Probe,
  timeoutMs: () => number,
): Promise<number[]> {
  const run = () => runOnce(workspace, { command: probe.run, timeoutMs: timeoutMs() });
  if (probe.prints) return numbersIn((await run()).output, probe);
  const taken: number[] = [];
  for (let time = 0; time < probe.times; time += 1) taken.push((await run()).durationMs);
  return taken;
}

/** @throws where a line is no number: nobody guesses which of several words is meant */
function numbersIn(output: string, { run }: Probe): number[] {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const numbers = lines.map(Number);
  if (numbers.length > 0 && numbers.every(Number.isFinite)) return numbers;
  throw new Error(`${run}: ${noteText("not-numbers")}\n${output.slice(0, 1_000)}`);
}

/** @throws where no file matches: a size of nothing would look like a success */
async function weigh(workspace: Workspace, globs: readonly string[]) {
  const found = await Promise.all(globs.map((glob) => workspace.find(glob)));
  const paths = [...new Set(found.flat())].sort();
  if (paths.length === 0) throw new Error(`${globs.join(", ")}: ${noteText("no-files")}`);
  let [bytes, zipped] = [0, 0];
  for (const path of paths) {
    const content = await workspace.readFile(path, MOST_BYTES);
    if (content === undefined) continue;
    bytes += content.length;
    zipped += gzipSync(content, { level: constants.Z_BEST_COMPRESSION }).length;
  }
  return { bytes, gzip: zipped };
}
