import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Scratch {
  readonly directory: string;
  remove(): void;
}

/** Set on signal handlers that only clean up, by every adapter that has one: they do not count as the worker's own. */
const CLEANER = Symbol.for("millwright.cleaner");
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A folder for objects and an index that never outlives the worker, signals included. */
export function makeScratch(parent: string = tmpdir()): Scratch {
  const directory = mkdtempSync(join(parent, "millwright-objects-"));
  mkdirSync(join(directory, "objects"));
  mkdirSync(join(directory, "empty"));
  // Every file is text: `--text` makes a patch show a file with a NUL byte, but only this makes `--numstat` count its lines.
  writeFileSync(join(directory, "attributes"), "* diff\n");
  const erase = () => rmSync(directory, { recursive: true, force: true });
  const stop = Object.assign(
    (signal: NodeJS.Signals) => {
      erase();
      // A handler takes the signal's default end away; where nobody else answers it, the end is ours to make.
      const others = process.listeners(signal).filter((listener) => !(CLEANER in listener));
      if (others.length === 0) process.exit(signal === "SIGINT" ? 130 : 143);
    },
    { [CLEANER]: true },
  );
  process.once("exit", erase);
  for (const signal of SIGNALS) process.on(signal, stop);
  return {
    directory,
    remove: () => {
      erase();
      process.off("exit", erase);
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}
