import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The first `bwrap` on PATH, by its absolute name; undefined if there is none. */
export function findBubblewrap(path: string | undefined = process.env.PATH): string | undefined {
  return (path ?? "")
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, "bwrap"))
    .find(isExecutable);
}

/** The host's bash, the only shell of the sandbox. */
export function findBash(): string {
  const found = ["/usr/bin/bash", "/bin/bash", "/usr/local/bin/bash"].find((path) =>
    existsSync(path),
  );
  if (found === undefined) throw new Error("bash was not found; commands are bash command lines");
  return found;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
