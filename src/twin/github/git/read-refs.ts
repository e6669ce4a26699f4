import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { knownOrLoose } from "./commit-objects.ts";
import { tryGit } from "./git.ts";
import { looseHead } from "./objects/loose-objects.ts";

/** A branch or tag by its whole name, or without `refs/`. */
const BRANCH_OR_TAG = /^(?:refs\/)?(?<ref>(?:heads|tags)\/[\w][\w./-]*)$/;

const ID_IN_FILE = /^([0-9a-f]{40})\n$/;

/**
 * What a branch or tag stands at, read from its own file, which goes before `packed-refs` (gitrepository-layout(5)).
 * Undefined where it has none: it may be packed, or not be there at all.
 */
function looseRef(gitDirectory: string, name: string): string | undefined {
  const ref = BRANCH_OR_TAG.exec(name)?.groups?.ref;
  if (ref === undefined || ref.includes("..") || ref.endsWith(".lock")) return undefined;
  return ID_IN_FILE.exec(textOf(join(gitDirectory, "refs", ref)))?.[1];
}

/** Read at once: a file of forty letters takes ten times as long by way of other threads. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** What a branch or tag stands at: for an annotated tag the tag's own object. Undefined when it is not there. */
export async function refTip(gitDirectory: string, ref: string): Promise<string | undefined> {
  return looseRef(gitDirectory, ref) ?? (await listRefs(gitDirectory)).get(ref);
}

/** Object id of a revision, or undefined. `type` also peels: "commit" turns an annotated tag into its commit. */
export async function resolveRevision(
  gitDirectory: string,
  revision: string,
  type: "commit" | "tree" | "blob" | "object" = "commit",
): Promise<string | undefined> {
  if (revision === "" || revision.startsWith("-")) return undefined;
  const named = looseRef(gitDirectory, revision) ?? revision;
  const found = looselyNamed(gitDirectory, named, type);
  if (found !== undefined) return found;
  const result = await tryGit(gitDirectory, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${named}^{${type}}`,
  ]);
  return result.code === 0 ? result.stdout.toString("utf8").trim() : undefined;
}

/** The same of a whole id, where the object's own file says it. */
function looselyNamed(gitDirectory: string, id: string, type: string): string | undefined {
  const commit = knownOrLoose(gitDirectory, id);
  if (commit !== undefined && type !== "blob") return type === "tree" ? commit.tree : id;
  const kind = looseHead(gitDirectory, id)?.kind;
  return kind !== undefined && (type === kind || type === "object") ? id : undefined;
}

export async function branchTip(gitDirectory: string, branch: string): Promise<string | undefined> {
  return resolveRevision(gitDirectory, `refs/heads/${branch}`);
}

/** Every branch and tag with its commit; GitHub's own refs/pull are left out. */
export async function listRefs(gitDirectory: string): Promise<Map<string, string>> {
  const found = [
    packedRefs(gitDirectory),
    ...["refs/heads", "refs/tags"].map((folder) => looseRefs(gitDirectory, folder)),
  ];
  const refs = found.flat().filter(([name]) => SHOWN.test(name));
  return new Map([...new Map(refs)].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const SHOWN = /^refs\/(?:heads|tags)\//;

type Ref = readonly [name: string, id: string];

/** One file a ref, as gitrepository-layout(5) has it; what git has under way is a `.lock`. */
function looseRefs(gitDirectory: string, folder: string): readonly Ref[] {
  return filesBelow(join(gitDirectory, folder)).flatMap((path): readonly Ref[] => {
    const name = relative(gitDirectory, path);
    const id = looseRef(gitDirectory, name);
    return id === undefined ? [] : [[name, id]];
  });
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && !one.name.endsWith(".lock"))
      .map((one) => join(one.parentPath, one.name));
  } catch {
    return [];
  }
}

/** `ID NAME`, one a line; a line with `^` is what the tag before it peels to. */
function packedRefs(gitDirectory: string): readonly Ref[] {
  return textOf(join(gitDirectory, "packed-refs"))
    .split("\n")
    .flatMap((line): readonly Ref[] => {
      const [, id, name] = /^([0-9a-f]{40}) (\S+)$/.exec(line) ?? [];
      return id === undefined || name === undefined ? [] : [[name, id]];
    });
}

/** False until the first branch is pushed. */
export async function hasCommits(gitDirectory: string): Promise<boolean> {
  return [...(await listRefs(gitDirectory)).keys()].some((name) => name.startsWith("refs/heads/"));
}
