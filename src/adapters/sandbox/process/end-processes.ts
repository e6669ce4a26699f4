import type { ChildProcess } from "node:child_process";
import { constants, setPriority } from "node:os";
import type { Readable } from "node:stream";
import { untilQuiet } from "../../process/until-quiet.ts";
import { type Init, isAlive } from "./namespace.ts";

/** How long killed processes may take to disappear, in ms. */
export const DEATH_MS = 30_000;

/** How long bubblewrap may take to name its child, in ms. */
export const START_MS = 1_000;

/** The namespace's first process first: its death ends all others, and the launcher reports it. */
export function killAll(child: ChildProcess, init: Init | undefined, namespace: boolean): void {
  if (init !== undefined && isAlive(init)) {
    hurry(init.pid);
    signal(init.pid);
  }
  if (child.pid === undefined) return;
  if (namespace) child.kill("SIGKILL");
  else signal(-child.pid);
}

/** Among thousands of runnable processes even a killed one waits for its turn; only root may raise its priority. */
function hurry(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_HIGHEST);
  } catch {
    // Not root, or already gone.
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Already gone.
  }
}

/** Whether any of it is alive: the namespace's first process or, without a namespace, one of the group. */
export function isAnyAlive(
  child: ChildProcess,
  init: Init | undefined,
  namespace: boolean,
): boolean {
  if (namespace) return init !== undefined && isAlive(init);
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, 0);
  } catch {
    return false;
  }
}

export function readAll(stream: Readable | null, seen: (text: string) => void): void {
  let text = "";
  stream?.on("data", (chunk: Buffer) => {
    text = `${text}${chunk.toString("utf8")}`.slice(0, 4_000);
    seen(text);
  });
  stream?.on("error", () => {});
}

/** Resolves with the exit code once the process has ended and its pipes are closed, by force if a leftover process holds them. */
export function untilClosed(child: ChildProcess, kill: () => void): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => {
      kill();
      void untilQuiet(child).then(() => {
        for (const stream of child.stdio) stream?.destroy();
      });
    });
    child.once("close", (exitCode) => resolve(exitCode));
  });
}

/** Without a namespace an unreaped zombie looks alive, and processes outside the group are invisible, so there is no guarantee. */
export async function untilDead(alive: () => boolean, certain: boolean): Promise<void> {
  const deadline = performance.now() + (certain ? DEATH_MS : START_MS);
  while (alive()) {
    if (performance.now() > deadline) {
      if (!certain) return;
      throw new Error(`sandboxed processes were still alive ${DEATH_MS} ms after they were killed`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Waits without the event loop, in ms: for exit handlers. */
export function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
