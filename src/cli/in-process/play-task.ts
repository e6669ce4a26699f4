import { createGitHub } from "../../adapters/github/create-github.ts";
import { readControlHandover, writeControlResult } from "../../adapters/runner/control-handover.ts";
import { runInMode } from "../../control/loop/run-in-mode.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Runner } from "../../ports/runner.ts";
import { TASKS } from "../../station.ts";
import { sayRefusal } from "../../wording/refusals.ts";

export interface TaskPorts {
  readonly clock: Clock;
  /** How requests go out, and how long the client waits before it repeats one; by default as in a job. */
  readonly client?: { readonly request: typeof fetch; readonly retryDelayMs: number };
}

/** A job of control, composed as its door composes it (`src/actions/control.ts`), in this process. */
export async function playTask(runner: Runner, { clock, client }: TaskPorts): Promise<void> {
  try {
    const task = TASKS.find((known) => known === runner.input("task"));
    if (task === undefined) throw new Error(`there is no task ${runner.input("task")}`);
    const handover = await readControlHandover(runner);
    const github = createGitHub({
      token: runner.input("token"),
      repository: runner.run.repository,
      apiUrl: runner.run.apiUrl,
      identity: handover.identity,
      ...client,
    });
    const result = await runInMode({ task, ...handover }, { github, clock });
    await writeControlResult(runner, result, sayRefusal);
  } catch (error) {
    runner.fail(error instanceof Error ? error.message : String(error));
  }
}
