import { basename, dirname } from "node:path";
import type { Baseline } from "../../../ports/sandbox.ts";
import { ignoresAll } from "./ignore-rules.ts";
import { readBelow } from "./regular-file.ts";
import { foldersOf, walkWorkspace } from "./walk.ts";

/** A longer list of rules is not written by people (bytes). */
const RULE_BYTES = 200_000;

/**
 * The ignore rules as git reads them: from the present `.gitignore` files of the workspace, in the folders of the base
 * and in new ones beside them. Folders that ignore themselves (`.venv`, `.pytest_cache` and similar) count anywhere;
 * other rules of packages further down do not apply to the workspace. Tracked files of the base are always changes.
 */
export function rulesInForce(root: string, base: Baseline): Baseline["ignore"] {
  const tracked = foldersOf(base.files.keys());
  const isNear = (directory: string) =>
    directory === "" ||
    tracked.has(directory) ||
    tracked.has(parentOf(directory)) ||
    parentOf(directory) === "";
  const now: { directory: string; text: string }[] = [];
  for (const found of walkWorkspace(root, base)) {
    if (!("state" in found) || basename(found.path) !== ".gitignore") continue;
    const directory = parentOf(found.path);
    if (!found.state.isFile() || found.state.size > RULE_BYTES) continue;
    const text = readBelow(root, found.path, RULE_BYTES)?.toString("utf8");
    if (text !== undefined && (isNear(directory) || ignoresAll(text)))
      now.push({ directory, text });
  }
  const isInFile = ({ directory, always }: Baseline["ignore"][number]) =>
    always !== true && base.files.has(directory === "" ? ".gitignore" : `${directory}/.gitignore`);
  return [...now, ...base.ignore.filter((rules) => !isInFile(rules))];
}

function parentOf(path: string): string {
  const folder = dirname(path);
  return folder === "." ? "" : folder;
}
