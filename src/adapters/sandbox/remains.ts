import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";

/** What must not outlive the worker. `destroy` works without the event loop. */
export interface Remain {
  destroy(): void;
}

/** The living workspaces of one sandbox; whatever ends the worker ends them first, short of SIGKILL, and then bubblewrap does. */
export interface Remains {
  add(remain: Remain): void;
  delete(remain: Remain): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Set on signal handlers that only clean up, by every adapter that has one: they do not count as the worker's own. */
const CLEANER = Symbol.for("millwright.cleaner");

export function guardRemains(): Remains {
  const alive = new Set<Remain>();
  const destroy = () => {
    for (const remain of alive) remain.destroy();
    alive.clear();
  };
  const stop = Object.assign(
    (signal: NodeJS.Signals) => {
      destroy();
      // A handler takes the signal's default end away; where nobody else answers it, the end is ours to make.
      const others = process.listeners(signal).filter((listener) => !(CLEANER in listener));
      if (others.length === 0) process.exit(signal === "SIGINT" ? 130 : 143);
    },
    { [CLEANER]: true },
  );
  return {
    add: (remain) => {
      if (alive.size === 0) {
        process.on("exit", destroy);
        for (const signal of SIGNALS) process.on(signal, stop);
      }
      alive.add(remain);
    },
    delete: (remain) => {
      alive.delete(remain);
      if (alive.size > 0) return;
      process.off("exit", destroy);
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}

/**
 * Removes a folder whatever was done inside: read-only folders are opened first, and paths longer than the kernel takes
 * in one call are left to `rm`, which walks by descriptors. Throws when something is left.
 */
export function removeTree(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    const options = { cwd: "/", env: {}, stdio: "ignore" } as const;
    spawnSync("/bin/chmod", ["-R", "u+rwX", "--", folder], options);
    spawnSync("/bin/rm", ["-rf", "--", folder], options);
  }
  if (existsSync(folder)) throw new Error(`${folder} could not be removed`);
}
