import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { gatherPerformance } from "../../gatherers/performance/gather.ts";
import { PerformanceOptions, type Probe } from "../../gatherers/performance/options.ts";
import { type MeasuredRun, RunsFile, withRun } from "../../gatherers/performance/runs.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Gathering } from "./gathering.ts";
import { withCheckout } from "./open-checkout.ts";
import { readOptions } from "./read-options.ts";

const SETUP_MS = 1_800_000;
const PROBE_MS = 600_000;
const MOST_BYTES = 200_000_000;

/** Measures a checkout's commit in the sandbox, and compares with the runs of its committed file. */
export async function runPerformance({ asked, signal, note }: Gathering): Promise<Gathered> {
  if (asked.options === undefined) throw new UsageError(noteText("no-measures"));
  const options = await readOptions(asked.options, PerformanceOptions);
  const sandbox = await createSandbox({ isolation: asked.sandbox ? "bubblewrap" : "none" });
  if ("refusal" in sandbox) throw new Error(sayRefusal(sandbox.refusal));
  return withCheckout(asked.repo, async ({ materialize, checkout, commit }) => {
    const committed = await checkout.read(options.history);
    if (committed === undefined) note(noteText("no-runs"));
    const file = runsIn(committed, options.history);
    const workspace = await sandbox.workspace(materialize);
    const stop = () => void workspace.close().catch(() => undefined);
    signal.addEventListener("abort", stop);
    try {
      const run = { commit, at: new Date().toISOString(), ...(await measure(workspace, options)) };
      if (asked.output !== undefined) await keep(withRun(file, run), asked.output);
      return gatherPerformance(options, file.runs, run);
    } finally {
      signal.removeEventListener("abort", stop);
      await workspace.close();
    }
  });
}

function runsIn(text: string | undefined, path: string): RunsFile {
  if (text === undefined) return { version: 1, runs: [] };
  const read = RunsFile.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`${path}: ${issue?.path.join(".")}: ${issue?.message}`);
}

async function keep(file: RunsFile, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "performance.json"), `${JSON.stringify(file)}\n`);
}

async function measure(
  workspace: Workspace,
  { setup, sizes, probes }: PerformanceOptions,
): Promise<Pick<MeasuredRun, "sizes" | "probes">> {
  if (setup !== undefined) {
    await runOnce(workspace, { command: setup, timeoutMs: SETUP_MS, network: true });
  }
  const measured: Record<string, number[]> = {};
  for (const probe of probes) measured[probe.name] = await probeOf(workspace, probe);
  const weighed: MeasuredRun["sizes"] = {};
  for (const { name, files } of sizes) weighed[name] = await weigh(workspace, files);
  return { sizes: weighed, probes: measured };
}

async function runOnce(workspace: Workspace, command: Parameters<Workspace["run"]>[0]) {
  const ran = await workspace.run(command);
  if (ran.exitCode === 0) return ran;
  throw new Error(`${command.command}: ${ran.status}, exit code ${ran.exitCode}\n${ran.output}`);
}

async function probeOf(workspace: Workspace, probe: Probe): Promise<number[]> {
  const command = { command: probe.run, timeoutMs: PROBE_MS };
  if (probe.prints) return numbersIn((await runOnce(workspace, command)).output, probe);
  const taken: number[] = [];
  for (let time = 0; time < probe.times; time += 1) {
    taken.push((await runOnce(workspace, command)).durationMs);
  }
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
    zipped += (await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION })).length;
  }
  return { bytes, gzip: zipped };
}
