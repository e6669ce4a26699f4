import { cpSync } from "node:fs";
import { join } from "node:path";
import { environment, input } from "./step.ts";

/** In place of actions/download-artifact: brings artifacts of the run by their ids, all into one folder. */
const store = environment("MILLWRIGHT_ACT_ARTIFACTS");
for (const id of input("artifact-ids").split(",")) {
  cpSync(join(store, id.trim()), input("path"), { recursive: true });
}
