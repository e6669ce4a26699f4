import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Baseline, LeftOut } from "../../../ports/sandbox.ts";
import { ignoresAll, sayRule } from "./ignore-rules.ts";
import type { Remembered } from "./remember.ts";
import { foldersOf, type HearLeftOut } from "./walk.ts";

/** The most excluded entries that are named. */
const MOST = 200;

/** Collects entries that a walk excludes and that did not exist, or were not excluded, when the workspace was remembered. */
export function listLeftOut(
  root: string,
  base: Baseline,
  remembered: Pick<Remembered, "hidden">,
): { readonly hear: HearLeftOut; readonly found: () => readonly LeftOut[] } {
  const tracked = foldersOf(base.files.keys());
  const before = new Set([...remembered.hidden].map((path) => basename(path)));
  const known = new Map<string, LeftOut>();
  const isKnown = (name: string, isOwn: boolean) =>
    known.size >= MOST ||
    known.has(name) ||
    remembered.hidden.has(isOwn ? `${name}.gitignore` : name);
  const hear: HearLeftOut = (path, rule) => {
    if (rule === undefined) return;
    // A new folder that ignores itself counts as one.
    const isOwn = !tracked.has(rule.directory) && rule.directory !== "" && ignoresAll(rule.pattern);
    const name = isOwn ? `${rule.directory}/` : path;
    if (isKnown(name, isOwn) || isEmpty(root, name)) return;
    const isByProduct = isOwn || before.has(basename(name));
    known.set(name, { path: name, rule: sayRule(rule), isByProduct });
  };
  return {
    hear,
    found: () => [...known.values()].sort((left, right) => (left.path < right.path ? -1 : 1)),
  };
}

/** Git ignores an empty folder. */
function isEmpty(root: string, name: string): boolean {
  if (!name.endsWith("/")) return false;
  try {
    return readdirSync(join(root, name)).length === 0;
  } catch {
    return false;
  }
}
