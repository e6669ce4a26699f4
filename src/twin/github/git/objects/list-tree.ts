import { git } from "../git.ts";
import { looseContent, looseHead } from "./loose-objects.ts";

/** One entry of a tree, in git's own words. */
export interface ListedEntry {
  readonly path: string;
  /** Six digits. */
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly sha: string;
  /** In bytes, for files and links where it was asked for. */
  readonly size: number | undefined;
}

export interface ListOptions {
  /** Only what lies at this path; with `/` at its end what lies in it. */
  readonly path?: string;
  /** All that lies below, folders themselves among them. */
  readonly isDeep?: boolean;
  readonly hasSizes?: boolean;
}

/** The blob at a path of a tree, where the objects' own files say which; undefined says nothing. */
export function looseBlobAt(gitDirectory: string, tree: string, path: string): string | undefined {
  const [entry] = listLoose({ gitDirectory, hasSizes: false }, tree, { path }) ?? [];
  return entry?.type === "blob" && entry.path === path ? entry.sha : undefined;
}

/** The entries of a tree in git's order. Throws where there is no such tree. */
export async function listTree(
  gitDirectory: string,
  tree: string,
  options: ListOptions = {},
): Promise<readonly ListedEntry[]> {
  const loose = listLoose({ gitDirectory, hasSizes: options.hasSizes ?? false }, tree, options);
  return loose ?? askForEntries(gitDirectory, tree, options);
}

async function askForEntries(
  gitDirectory: string,
  tree: string,
  { path, isDeep = false, hasSizes = false }: ListOptions,
): Promise<readonly ListedEntry[]> {
  const listing = await git(gitDirectory, [
    ...["ls-tree", "-z", "--full-tree"],
    ...(hasSizes ? ["-l"] : []),
    ...(isDeep ? ["-r", "-t"] : []),
    tree,
    ...(path === undefined ? [] : ["--", path]),
  ]);
  return listing
    .split("\0")
    .filter((line) => line !== "")
    .map(parseLine);
}

/** One line of `ls-tree -z`, with a size or without. */
function parseLine(line: string): ListedEntry {
  const tab = line.indexOf("\t");
  const [mode = "", type, sha = "", size = "-"] = line.slice(0, tab).split(/ +/);
  return {
    path: line.slice(tab + 1),
    mode,
    type: type as ListedEntry["type"],
    sha,
    size: size === "-" ? undefined : Number(size),
  };
}

interface Listing {
  readonly gitDirectory: string;
  readonly hasSizes: boolean;
}

/** So many entries are listed here; more are git's to list, beside this process's other work. */
const MOST_LISTED = 500;

/** The same from the objects' own files; undefined where git has to be asked about one of them, or about the path. */
function listLoose(
  listing: Listing,
  tree: string,
  { path, isDeep = false }: ListOptions,
): readonly ListedEntry[] | undefined {
  if (path === undefined)
    return isDeep ? below(listing, tree) : withSizes(listing, entriesOf(listing, tree, ""));
  return isDeep ? undefined : at(listing, tree, path);
}

/** What lies at a path, or in it. */
function at(listing: Listing, tree: string, path: string): readonly ListedEntry[] | undefined {
  const steps = path.replace(/(?<=.)\/$/, "").split("/");
  if (path.startsWith(":") || steps.some(isStepOfGit)) return undefined;
  const folders = path.endsWith("/") ? steps : steps.slice(0, -1);
  let prefix = "";
  let here = entriesOf(listing, tree, prefix);
  for (const folder of folders) {
    if (here === undefined) return undefined;
    const entry = here.find((one) => one.path === `${prefix}${folder}`);
    if (entry === undefined) return [];
    if (entry.type !== "tree") return undefined;
    prefix = `${entry.path}/`;
    here = entriesOf(listing, entry.sha, prefix);
  }
  return withSizes(listing, path === prefix ? here : here?.filter((one) => one.path === path));
}

/** Git goes such steps in its own way, or refuses them. */
function isStepOfGit(step: string): boolean {
  return ["", ".", ".."].includes(step);
}

function below(
  listing: Listing,
  tree: string,
  prefix = "",
  left = { entries: MOST_LISTED },
): readonly ListedEntry[] | undefined {
  const here = withSizes(listing, entriesOf(listing, tree, prefix));
  left.entries -= here?.length ?? 0;
  if (here === undefined || left.entries < 0) return undefined;
  const found: ListedEntry[] = [];
  for (const entry of here) {
    found.push(entry);
    if (entry.type !== "tree") continue;
    const deeper = below(listing, entry.sha, `${entry.path}/`, left);
    if (deeper === undefined) return undefined;
    found.push(...deeper);
  }
  return found;
}

/**
 * What lies in a tree itself, each path after the prefix; undefined where git has to be asked. A tree is `MODE NAME`, a zero byte
 * and the twenty bytes of an id, one entry after the other.
 */
export function entriesOf(
  { gitDirectory }: Pick<Listing, "gitDirectory">,
  tree: string,
  prefix: string,
): readonly ListedEntry[] | undefined {
  const content = looseContent(gitDirectory, tree, "tree");
  if (content === undefined) return undefined;
  const entries: ListedEntry[] = [];
  for (let start = 0; start < content.length; ) {
    const space = content.indexOf(0x20, start);
    const end = content.indexOf(0, space);
    if (space < 0 || end < 0 || end + ID_BYTES >= content.length) return undefined;
    const mode = content.toString("latin1", start, space).padStart(6, "0");
    start = end + 1 + ID_BYTES;
    entries.push({
      path: `${prefix}${content.toString("utf8", space + 1, end)}`,
      mode,
      type: typeOf(mode),
      sha: content.toString("hex", end + 1, start),
      size: undefined,
    });
  }
  return entries;
}

const ID_BYTES = 20;

function typeOf(mode: string): ListedEntry["type"] {
  if (mode === "040000") return "tree";
  return mode === "160000" ? "commit" : "blob";
}

function withSizes(
  { gitDirectory, hasSizes }: Listing,
  entries: readonly ListedEntry[] | undefined,
): readonly ListedEntry[] | undefined {
  if (!hasSizes || entries === undefined) return entries;
  if (entries.length > MOST_LISTED) return undefined;
  const sized: ListedEntry[] = [];
  for (const entry of entries) {
    const size = entry.type === "blob" ? looseHead(gitDirectory, entry.sha)?.size : undefined;
    if (entry.type === "blob" && size === undefined) return undefined;
    sized.push({ ...entry, size });
  }
  return sized;
}
