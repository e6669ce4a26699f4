import { createClock } from "../../../src/adapters/clock/clock.ts";
import { createGitHub } from "../../../src/adapters/github/create-github.ts";
import {
  readControlHandover,
  writeControlResult,
} from "../../../src/adapters/runner/control-handover.ts";
import { runInMode } from "../../../src/control/loop/run-in-mode.ts";
import { TASKS } from "../../../src/line.ts";
import type { Runner } from "../../../src/ports/runner.ts";
import { sayRefusal } from "../../../src/wording/refusals.ts";

/** A job of control, composed as its door composes it (`src/actions/control.ts`), in this process. */
export async function playTask(runner: Runner): Promise<void> {
  try {
    const task = TASKS.find((known) => known === runner.input("task"));
    if (task === undefined) throw new Error(`there is no task ${runner.input("task")}`);
    const handover = await readControlHandover(runner);
    const github = createGitHub({
      token: runner.input("token"),
      repository: runner.run.repository,
      apiUrl: runner.run.apiUrl,
      identity: handover.identity,
    });
    const ports = { github, clock: createClock() };
    const result = await runInMode({ task, ...handover }, ports);
    await writeControlResult(runner, result, sayRefusal);
  } catch (error) {
    runner.fail(error instanceof Error ? error.message : String(error));
  }
}
