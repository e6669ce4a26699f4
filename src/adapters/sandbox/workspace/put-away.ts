import { spawn } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import { removeTree } from "../remains.ts";

/** How long to wait for a removal: most trees are gone by then, and a package manager's store is not worth a minute (ms). */
const WAITED_MS = 2_000;

/** Opens read-only folders only if necessary, because checking every file takes as long as removing it. */
const REMOVE = 'rm -rf -- "$1" 2>/dev/null || { chmod -R u+rwX -- "$1"; rm -rf -- "$1"; }';

/**
 * Moves a folder away at once and removes it in the background, by a process that may outlive this one. Throws if the
 * removal ended and something is left.
 */
export async function putAway(folder: string, waitedMs: number = WAITED_MS): Promise<void> {
  const gone = `${folder}.removed`;
  try {
    renameSync(folder, gone);
  } catch {
    removeTree(folder);
    return;
  }
  const child = spawn("/bin/sh", ["-c", REMOVE, "remove", gone], {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    stdio: "ignore",
    detached: true,
  });
  const ended = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), waitedMs);
    const end = () => {
      clearTimeout(timer);
      resolve(true);
    };
    child.once("exit", end);
    child.once("error", end);
  });
  child.unref();
  if (ended && existsSync(gone)) removeTree(gone);
}
