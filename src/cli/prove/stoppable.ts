import type { Sandbox, Workspace } from "../../ports/sandbox.ts";

/** The same sandbox, whose workspaces are closed at once when somebody interrupts: what runs inside then ends. */
export function stoppable(sandbox: Sandbox, signal: AbortSignal): Sandbox {
  const watched = (workspace: Workspace): Workspace => {
    signal.addEventListener("abort", () => void workspace.close().catch(() => undefined));
    const { snapshot } = workspace;
    if (snapshot === undefined) return workspace;
    return {
      ...workspace,
      snapshot: async () => {
        const copy = await snapshot();
        return async () => watched(await copy());
      },
    };
  };
  return {
    isolation: sandbox.isolation,
    workspace: async (fill) => {
      signal.throwIfAborted();
      return watched(await sandbox.workspace(fill));
    },
  };
}
