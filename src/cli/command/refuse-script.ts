import { statSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/** Throws UsageError where `--script` names nothing that can be read, before anything is started. */
export function refuseScript(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`--script: there is no file ${path}`);
  if (found.isDirectory()) throw new UsageError(`--script: ${path} is a folder, expected a file`);
}
