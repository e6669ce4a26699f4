import type { ChangedFile } from "../change-set.ts";
import type { Config } from "../config/schema.ts";
import { matchesAny } from "../path.ts";
import { steeringOf } from "./steering.ts";

/**
 * Paths that need a person because of the config: those it names, and the harness, because its files are in every prompt
 * of the next run (DESIGN §5.2; threats PER-01, QA-06).
 */
export function protectedPathsOf({
  protect,
  harness,
}: Pick<Config, "protect" | "harness">): readonly string[] {
  return [...protect, ...harness];
}

/** Whether a path needs a person: it steers a tool or an agent, or the config says so. The config can remove none. */
export function isProtected(path: string, additional: readonly string[]): boolean {
  return steeringOf(path) !== undefined || matchesAny(path, additional);
}

/** Like `isProtected`, but also by content: a program that a shell starts by itself needs a person, too (threats GIT-05). */
export function needsPerson(file: ChangedFile, additional: readonly string[]): boolean {
  return isProtected(file.path, additional) || isProgram(file);
}

/** It has the executable bit, or its first line names an interpreter. */
export function isProgram(file: ChangedFile): boolean {
  if ("deleted" in file) return false;
  return file.mode === "100755" || beginsWithInterpreter(file);
}

function beginsWithInterpreter({
  encoding,
  content,
}: Exclude<ChangedFile, { readonly deleted: true }>): boolean {
  const begin = encoding === "base64" ? atob(content.slice(0, 8)) : content.slice(0, 3);
  // Rust writes attributes of a crate as `#![…]`.
  return begin.startsWith("#!") && begin[2] !== "[";
}
