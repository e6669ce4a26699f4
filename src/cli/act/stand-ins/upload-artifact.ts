import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { environment, input, output } from "./step.ts";

/** In place of actions/upload-artifact: copies the files into the folder of the run, under an id. */
const store = environment("MILLWRIGHT_ACT_ARTIFACTS");
const name = input("name");
// A second artifact of one name in one attempt is refused, as GitHub does.
const names = `${store}.names`;
mkdirSync(names, { recursive: true });
mkdirSync(join(names, encodeURIComponent(name)));
const id = readdirSync(names).length;
const folder = join(store, String(id));
mkdirSync(folder, { recursive: true });

const paths = input("path")
  .split("\n")
  .map((path) => path.trim());
const found = paths.filter((path) => path !== "" && existsSync(path));
if (found.length === 0)
  throw new Error(`no files were found with the provided path: ${paths.join(" ")}`);
for (const path of found) {
  const target = statSync(path).isDirectory() ? folder : join(folder, basename(path));
  cpSync(path, target, { recursive: true });
}
const digest = createHash("sha256");
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) digest.update(readFileSync(join(entry.parentPath, entry.name)));
}
output("artifact-id", String(id));
output("artifact-digest", digest.digest("hex"));
