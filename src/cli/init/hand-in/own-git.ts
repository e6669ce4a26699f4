import { askGit, type GitResult } from "../../../twin/github/git/git-process.ts";
import { firstLine } from "../../source/resolve-base.ts";

/** A clone, and the environment of whoever works in it. */
export interface OwnGit {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What would lead git to another repository or index, as `git rev-parse --local-env-vars` lists it. */
const LOCAL = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_NAMESPACE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_QUARANTINE_PATH",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);

/** Git with the person's own identity, keys and settings. It never asks, and whose the repository is stays git's question. */
export function gitAsOwner(
  { directory, environment }: OwnGit,
  words: readonly string[],
  more: { readonly input?: string | Buffer; readonly index?: string } = {},
): Promise<GitResult> {
  const own = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !LOCAL.has(entry[0]),
  );
  const index = more.index === undefined ? {} : { GIT_INDEX_FILE: more.index };
  return askGit({
    words: ["-C", directory, ...words],
    environment: {
      ...Object.fromEntries(own),
      ...{ GIT_TERMINAL_PROMPT: "0", LC_ALL: "C", ...index },
    },
    input: more.input ?? "",
  });
}

export function wordsOf({ stdout }: GitResult): string {
  return stdout.toString("utf8").trim();
}

/** Why git refused, in its own words. */
export function reasonOf({ stderr }: GitResult): string {
  return firstLine(stderr).replace(/^error: /, "") || "it gave no reason";
}
