import type { CommandTime } from "../../domain/proposal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Sandbox, Workspace } from "../../ports/sandbox.ts";

export interface CountedSandbox {
  readonly sandbox: Sandbox;
  /** Time of its commands so far; two that run side by side take the time of one. */
  spent(): CommandTime;
}

/** The same sandbox, with the time of its commands; the rest of the worker's time is its own. */
export function countCommands(sandbox: Sandbox, clock: Clock): CountedSandbox {
  let [count, running, began, durationMs] = [0, 0, 0, 0];
  const counted = (workspace: Workspace): Workspace => {
    const { snapshot } = workspace;
    return {
      ...workspace,
      run: async (command) => {
        count += 1;
        if (running === 0) began = clock.elapsed();
        running += 1;
        try {
          return await workspace.run(command);
        } finally {
          running -= 1;
          if (running === 0) durationMs += Math.max(0, clock.elapsed() - began);
        }
      },
      ...(snapshot && {
        snapshot: async () => {
          const copy = await snapshot();
          return async () => counted(await copy());
        },
      }),
    };
  };
  return {
    sandbox: { ...sandbox, workspace: async (fill) => counted(await sandbox.workspace(fill)) },
    spent: () => ({ count, durationMs }),
  };
}
