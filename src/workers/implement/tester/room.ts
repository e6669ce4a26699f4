import type { SandboxSession, Workspace } from "../../../ports/sandbox.ts";
import type { Attempt } from "../attempt.ts";
import type { Bench } from "../bench.ts";
import { checksToPass, recordCheck } from "../checks.ts";
import { prepare } from "../set-up-base.ts";

/** The tester's own workspace: the base after `setup`, created when it is first needed. No byte of a change is ever written there. */
export interface Room {
  workspace(): Promise<Workspace>;
  close(): Promise<void>;
}

export function createRoom(bench: Bench, given: Attempt): Room {
  let opened: Promise<Workspace> | undefined;
  const made: Workspace[] = [];
  const open = async () => {
    const workspace = await copyOrAnew(bench, given, (one) => made.push(one));
    await workspace.remember(given.baseline);
    return workspace;
  };
  return {
    workspace: () => {
      opened ??= open();
      return opened;
    },
    close: async () => {
      await Promise.allSettled(made.map((workspace) => workspace.close()));
    },
  };
}

/**
 * The coder has not begun when the room opens, so the copy has only base bytes and the files of `setup` and the checks.
 * If the sandbox makes no copies, `setup` and the checks run again.
 */
async function copyOrAnew(
  bench: Bench,
  { workspace: first, ports: { sandbox, repository } }: Attempt,
  onMade: (workspace: Workspace) => void,
): Promise<Workspace> {
  const copy = await first.snapshot?.();
  if (copy !== undefined) {
    const workspace = await copy();
    onMade(workspace);
    return workspace;
  }
  const workspace = await sandbox.workspace((directory) =>
    repository.materialize(bench.order.base, directory),
  );
  onMade(workspace);
  const unprepared = await prepare({ ...bench, workspace });
  if (unprepared !== undefined) throw new Error(`setup in a second workspace: ${unprepared.found}`);
  // A copied workspace also has the files that checks left, which would look like the tester's own.
  const { order, subject } = bench;
  for (const name of checksToPass(order.config)) {
    const task = { name, config: order.config, on: "base", subject } as const;
    await recordCheck(workspace, { ...task, remainingMs: bench.remainingMs() });
  }
  return workspace;
}

/** A session whose workspace the first call creates: a tester that leaves everything open costs none. */
export function sessionIn(
  room: Room,
  open: (workspace: Workspace) => Promise<SandboxSession>,
): SandboxSession {
  let session: Promise<SandboxSession> | undefined;
  return {
    request: async (message, timeoutMs) => {
      session ??= room.workspace().then(open);
      return await (await session).request(message, timeoutMs);
    },
    close: async () => {
      await (await session?.catch(() => undefined))?.close();
    },
  };
}
