import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";

/** Resources that must not outlive the worker. `destroy` works without the event loop. */
export interface Remain {
  destroy(): void;
}

/** The living workspaces of one sandbox. Any end of the worker ends them first, except SIGKILL, after which bubblewrap does. */
export interface Remains {
  add(remain: Remain): void;
  delete(remain: Remain): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Marks signal handlers that only clean up, in every adapter that has one: they do not count as the worker's own. */
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
      // A handler replaces the signal's default end. Without another handler, we have to end the process.
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
 * Removes a folder whatever was done inside: opens read-only folders first, and leaves paths too long for one system
 * call to `rm`, which walks by descriptors. Throws if something is left.
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
