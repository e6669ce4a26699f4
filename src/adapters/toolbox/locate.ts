import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The toolbox's bundle lies beside the program that this process was started with. Throws when it is not there. */
export function locateToolbox(program: string = process.argv[1] ?? ""): string {
  return realpathSync(join(dirname(realpathSync(program)), "toolbox", "index.js"));
}
