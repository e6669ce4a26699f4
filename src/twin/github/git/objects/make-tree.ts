import { entriesOf, type ListedEntry } from "./list-tree.ts";
import { looseHead } from "./loose-objects.ts";
import { writeObject } from "./write-object.ts";

/** A tree as a list of what its base holds otherwise: lines of `update-index --index-info`. */
export interface NewTree {
  /** Undefined: nothing is there before. */
  readonly base: string | undefined;
  readonly lines: readonly string[];
}

/** So many lines are put here; more are git's to put, which is faster then and does not keep this process from its other work. */
const MOST_LINES = 1_000;

interface Entry {
  /** Six digits. */
  readonly mode: string;
  readonly sha: string;
}

/** A folder that changes, by names; folders that stay as they are stand in it as entries. */
type Folder = Map<string, Entry | Folder>;

const FOLDER = "040000";
const GONE = "0";
/** A zero byte ends a line for git. */
const LINE = /^(?<mode>100644|100755|120000|0) (?<sha>[0-9a-f]{40})\t(?<path>[^\0]+)$/;
/** Git has rules about these on any file system, and says no to some: of short names, which Windows gives, too. */
const STEP_OF_GIT = /^(?:\.{0,2}|\.git(?:[ .:].*)?|\.gitmodules.*|.*~\d.*|.*\\.*)$/is;
/** What git writes today. It mends others of a tree when it makes a tree of them. */
const MODES: ReadonlySet<string> = new Set([FOLDER, "100644", "100755", "120000", "160000"]);

/**
 * Writes the tree without a process: id of the tree; undefined where git has to do it, or to refuse it. Objects are as good as
 * their names, so what is half done then harms nobody.
 */
export async function makeTree(
  gitDirectory: string,
  { base, lines }: NewTree,
): Promise<string | undefined> {
  if (lines.length > MOST_LINES) return undefined;
  const root = base === undefined ? new Map() : folderOf(gitDirectory, base);
  const isMade = root !== undefined && lines.every((line) => put(gitDirectory, root, line));
  return isMade ? await writeFolder(gitDirectory, root) : undefined;
}

function folderOf(gitDirectory: string, tree: string): Folder | undefined {
  const entries = entriesOf({ gitDirectory }, tree, "");
  if (entries?.every(isOfToday) !== true) return undefined;
  return new Map(entries.map(({ path, mode, sha }) => [path, { mode, sha }]));
}

/** Not so: a name of other bytes than UTF-8, which would not come back as it was, an old mode, a folder without anything in it. */
function isOfToday({ path, mode, sha }: ListedEntry): boolean {
  return !path.includes("\uFFFD") && MODES.has(mode) && sha !== NOTHING;
}

/** False where git has to be asked. */
function put(gitDirectory: string, root: Folder, line: string): boolean {
  const { mode = "", sha = "", path = "" } = LINE.exec(line)?.groups ?? {};
  const steps = path.split("/");
  // Two names with halves of characters may be the same bytes.
  if (!path.isWellFormed() || steps.some((step) => STEP_OF_GIT.test(step))) return false;
  const entry = mode === GONE ? undefined : { mode, sha };
  if (entry !== undefined && looseHead(gitDirectory, sha)?.kind !== "blob") return false;
  const name = steps.pop() ?? "";
  const folder = walk(gitDirectory, root, { steps, isGone: entry === undefined });
  if (folder === undefined || folder === "no folder") return folder !== undefined;
  if (entry !== undefined) folder.set(name, entry);
  else if (!isFolder(folder.get(name))) folder.delete(name);
  return true;
}

/** The folder that the steps lead to: what is no folder goes for one where something is to lie in it. */
function walk(
  gitDirectory: string,
  root: Folder,
  { steps, isGone }: { readonly steps: readonly string[]; readonly isGone: boolean },
): Folder | "no folder" | undefined {
  let folder = root;
  for (const step of steps) {
    const inner = stepInto(gitDirectory, folder, step);
    if (inner === undefined || (inner === "no folder" && isGone)) return inner;
    const next: Folder = inner === "no folder" ? new Map() : inner;
    folder.set(step, next);
    folder = next;
  }
  return folder;
}

function isFolder(entry: Entry | Folder | undefined): boolean {
  return entry instanceof Map || entry?.mode === FOLDER;
}

function stepInto(
  gitDirectory: string,
  folder: Folder,
  step: string,
): Folder | "no folder" | undefined {
  const inner = folder.get(step);
  if (inner instanceof Map) return inner;
  return inner?.mode === FOLDER ? folderOf(gitDirectory, inner.sha) : "no folder";
}

/** Folders without anything in them do not exist for git, but for the root. */
async function writeFolder(gitDirectory: string, folder: Folder): Promise<string> {
  const lines: { readonly order: Buffer; readonly bytes: Buffer }[] = [];
  for (const [name, entry] of folder) {
    const isInner = entry instanceof Map;
    const sha = isInner ? await writeFolder(gitDirectory, entry) : entry.sha;
    if (isInner && sha === NOTHING) continue;
    const mode = isInner ? FOLDER : entry.mode;
    lines.push({
      // In git's order a folder stands where its name with a slash would.
      order: Buffer.from(mode === FOLDER ? `${name}/` : name),
      bytes: Buffer.concat([
        Buffer.from(`${mode.replace(/^0/, "")} ${name}\0`),
        Buffer.from(sha, "hex"),
      ]),
    });
  }
  lines.sort((one, other) => one.order.compare(other.order));
  return writeObject(gitDirectory, "tree", Buffer.concat(lines.map(({ bytes }) => bytes)));
}

/** Name of the tree without anything in it. */
const NOTHING = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
