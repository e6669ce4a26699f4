import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Gathered } from "../../domain/loop/gathered.ts";
import { gatherPerformance } from "../../gatherers/performance/gather.ts";
import { PerformanceOptions } from "../../gatherers/performance/options.ts";
import { type RunsFile, withRun } from "../../gatherers/performance/runs.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { noteText } from "../../wording/gathered/notes.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { measureIn, runsIn } from "../../workers/run-loop/performance.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Gathering } from "./gathering.ts";
import { withCheckout } from "./open-checkout.ts";
import { readOptions } from "./read-options.ts";

const SETUP_MS = 1_800_000;

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
      if (options.setup !== undefined) await setUp(workspace, options.setup);
      const run = {
        commit,
        at: new Date().toISOString(),
        ...(await measureIn(workspace, options)),
      };
      if (asked.output !== undefined) await keep(withRun(file, run), asked.output);
      return gatherPerformance(options, file.runs, run);
    } finally {
      signal.removeEventListener("abort", stop);
      await workspace.close();
    }
  });
}

async function keep(file: RunsFile, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "performance.json"), `${JSON.stringify(file)}\n`);
}

async function setUp(workspace: Workspace, setup: string): Promise<void> {
  const command = { command: setup, timeoutMs: SETUP_MS, network: true };
  const ran = await workspace.run(command);
  if (ran.exitCode === 0) return;
  throw new Error(`${setup}: ${ran.status}, exit code ${ran.exitCode}\n${ran.output}`);
}
