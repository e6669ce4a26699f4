import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { tryGit } from "./git.ts";

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
  const found = await Promise.all([
    packedRefs(gitDirectory),
    ...["refs/heads", "refs/tags"].map((folder) => looseRefs(gitDirectory, folder)),
  ]);
  const refs = found.flat().filter(([name]) => SHOWN.test(name));
  return new Map([...new Map(refs)].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const SHOWN = /^refs\/(?:heads|tags)\//;

type Ref = readonly [name: string, id: string];

/** One file a ref, as gitrepository-layout(5) has it; what git has under way is a `.lock`. */
async function looseRefs(gitDirectory: string, folder: string): Promise<readonly Ref[]> {
  const below = await readdir(join(gitDirectory, folder), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  const names = below
    .filter((one) => one.isFile() && !one.name.endsWith(".lock"))
    .map((one) => relative(gitDirectory, join(one.parentPath, one.name)));
  const refs = await Promise.all(
    names.map(async (name): Promise<readonly Ref[]> => {
      const id = await looseRef(gitDirectory, name);
      return id === undefined ? [] : [[name, id]];
    }),
  );
  return refs.flat();
}

/** `ID NAME`, one a line; a line with `^` is what the tag before it peels to. */
async function packedRefs(gitDirectory: string): Promise<readonly Ref[]> {
  const content = await readFile(join(gitDirectory, "packed-refs"), "utf8").catch(() => "");
  return content.split("\n").flatMap((line): readonly Ref[] => {
    const [, id, name] = /^([0-9a-f]{40}) (\S+)$/.exec(line) ?? [];
    return id === undefined || name === undefined ? [] : [[name, id]];
  });
}

/** False until the first branch is pushed. */
export async function hasCommits(gitDirectory: string): Promise<boolean> {
  return [...(await listRefs(gitDirectory)).keys()].some((name) => name.startsWith("refs/heads/"));
}

export async function isAncestor(
  gitDirectory: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  const result = await tryGit(gitDirectory, ["merge-base", "--is-ancestor", ancestor, descendant]);
  return result.code === 0;
}
