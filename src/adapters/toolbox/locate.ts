import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The toolbox's bundle is beside the program of this process. Throws if it is missing. */
export function locateToolbox(program: string = process.argv[1] ?? ""): string {
  return realpathSync(join(dirname(realpathSync(program)), "toolbox", "index.js"));
}
