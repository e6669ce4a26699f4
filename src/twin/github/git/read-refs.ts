import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { git, tryGit } from "./git.ts";

/** A branch or tag by its whole name, or without `refs/`. */
const BRANCH_OR_TAG = /^(?:refs\/)?(?<ref>(?:heads|tags)\/[\w][\w./-]*)$/;

const ID_IN_FILE = /^([0-9a-f]{40})\n$/;

/**
 * What a branch or tag stands at, read from its own file, which goes before `packed-refs` (gitrepository-layout(5)).
 * Undefined where it has none: it may be packed, or not be there at all.
 */
async function looseRef(gitDirectory: string, name: string): Promise<string | undefined> {
  const ref = BRANCH_OR_TAG.exec(name)?.groups?.ref;
  if (ref === undefined || ref.includes("..") || ref.endsWith(".lock")) return undefined;
  const content = await readFile(join(gitDirectory, "refs", ref), "latin1").catch(() => "");
  return ID_IN_FILE.exec(content)?.[1];
}

/** What a branch or tag stands at: for an annotated tag the tag's own object. Undefined when it is not there. */
export async function refTip(gitDirectory: string, ref: string): Promise<string | undefined> {
  return (await looseRef(gitDirectory, ref)) ?? (await listRefs(gitDirectory)).get(ref);
}

/** Object id of a revision, or undefined. `type` also peels: "commit" turns an annotated tag into its commit. */
export async function resolveRevision(
  gitDirectory: string,
  revision: string,
  type: "commit" | "tree" | "blob" | "object" = "commit",
): Promise<string | undefined> {
  if (revision === "" || revision.startsWith("-")) return undefined;
  const named = (await looseRef(gitDirectory, revision)) ?? revision;
  const result = await tryGit(gitDirectory, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${named}^{${type}}`,
  ]);
  return result.code === 0 ? result.stdout.toString("utf8").trim() : undefined;
}

export async function branchTip(gitDirectory: string, branch: string): Promise<string | undefined> {
  return resolveRevision(gitDirectory, `refs/heads/${branch}`);
}

/** Every branch and tag with its commit; GitHub's own refs/pull are left out. */
export async function listRefs(gitDirectory: string): Promise<Map<string, string>> {
  const output = await git(gitDirectory, [
    "for-each-ref",
    "--format=%(refname) %(objectname)",
    "refs/heads",
    "refs/tags",
  ]);
  const lines = output.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => line.split(" ") as [string, string]));
}

/** False until the first branch is pushed. */
export async function hasCommits(gitDirectory: string): Promise<boolean> {
  return (await git(gitDirectory, ["for-each-ref", "--count=1", "refs/heads"])) !== "";
}

export async function isAncestor(
  gitDirectory: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  const result = await tryGit(gitDirectory, ["merge-base", "--is-ancestor", ancestor, descendant]);
  return result.code === 0;
}
