import { createHash } from "node:crypto";
import type { ChangedFile } from "../change-set.ts";
import type { ObjectId } from "../digest.ts";
import { refusePath } from "../path.ts";

/** One entry of a folder, by what git keeps of it. */
export interface FolderEntry {
  /** The bytes of its name, each as one character of Latin-1: git does not say in what letters a name is written. */
  readonly name: string;
  /** As git writes it: `100644`, `100755`, `120000`, `160000`, or `40000` for a folder. */
  readonly mode: string;
  readonly id: ObjectId;
}

/** Folders of a tree by their paths, the root by the empty one. Null: there is none of that path. */
export type Folders = ReadonlyMap<string, readonly FolderEntry[] | null>;

const PLAIN = "100644";
/** As git writes the mode of a folder. */
export const FOLDER = "40000";

/** Every folder above these paths, the root first. */
export function foldersAbove(paths: readonly string[]): readonly string[] {
  const above = paths.flatMap((path) => {
    const segments = path.split("/").slice(0, -1);
    return ["", ...segments.map((_, at) => segments.slice(0, at + 1).join("/"))];
  });
  return [...new Set(above)].sort();
}

/**
 * Whether this change of plain files, made in these folders, is the expected tree. Git names a tree by all that it holds, so
 * whoever writes exactly these files can make no other one. False wherever that is not certain: a file that may be run, a link
 * or a folder in the place of a file, a file to delete that is not there, a name that is refused, a folder that nobody has
 * shown.
 */
export function makesTree(
  folders: Folders,
  files: readonly ChangedFile[],
  expected: ObjectId,
): boolean {
  if (files.some(({ path }) => refusePath(path) !== undefined)) return false;
  const changes = files.map((file) => ({ file, segments: file.path.split("/").map(bytesIn) }));
  return idOfFolder({ folders, expected }, "", changes) === expected;
}

interface Change {
  readonly file: ChangedFile;
  /** What is left of its path below the folder, each name as in `FolderEntry`. */
  readonly segments: readonly string[];
}

interface Known {
  readonly folders: Folders;
  /** Its length tells how git names things here. */
  readonly expected: ObjectId;
}

/** The id of the folder with what is changed in it; null where nothing is left in it, undefined where nobody knows. */
function idOfFolder(
  known: Known,
  path: string,
  changes: readonly Change[],
): ObjectId | null | undefined {
  const before = known.folders.get(path);
  if (before === undefined) return undefined;
  const entries = new Map((before ?? []).map((entry) => [entry.name, entry]));
  for (const [name, inside] of groupsOf(changes)) {
    const entry = entryOf(known, { path, name, before: entries.get(name) }, inside);
    if (entry === undefined) return undefined;
    if (entry === null) entries.delete(name);
    else entries.set(name, entry);
  }
  return entries.size === 0 ? null : idOfTree([...entries.values()], known.expected);
}

function groupsOf(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const groups = new Map<string, Change[]>();
  for (const { file, segments } of changes) {
    const [name = "", ...rest] = segments;
    groups.set(name, [...(groups.get(name) ?? []), { file, segments: rest }]);
  }
  return groups;
}

interface Place {
  /** Of the folder that it is in. */
  readonly path: string;
  readonly name: string;
  readonly before: FolderEntry | undefined;
}

/** What stands there after the change; null for nothing, undefined where nobody knows. */
function entryOf(
  known: Known,
  place: Place,
  changes: readonly Change[],
): FolderEntry | null | undefined {
  const [first, ...others] = changes.filter(({ segments }) => segments.length === 0);
  if (first === undefined) return folderOf(known, place, changes);
  const isAlone = others.length === 0 && changes.length === 1;
  return isAlone ? fileOf(known, first.file, place) : undefined;
}

function folderOf(
  known: Known,
  { path, name, before }: Place,
  changes: readonly Change[],
): FolderEntry | null | undefined {
  if (before !== undefined && before.mode !== FOLDER) return undefined;
  const own = lettersIn(name);
  const id = idOfFolder(known, path === "" ? own : `${path}/${own}`, changes);
  return id === undefined || id === null ? id : { name, mode: FOLDER, id };
}

function fileOf(
  { expected }: Known,
  file: ChangedFile,
  { name, before }: Omit<Place, "path">,
): FolderEntry | null | undefined {
  if ("deleted" in file) return before !== undefined && isFile(before) ? null : undefined;
  // Whether GitHub keeps or takes away what made it runnable is not certain.
  if (file.mode !== PLAIN || (before !== undefined && before.mode !== PLAIN)) return undefined;
  const id = idOf("blob", Buffer.from(file.content, file.encoding), expected);
  return { name, mode: PLAIN, id };
}

function isFile({ mode }: FolderEntry): boolean {
  return mode === PLAIN || mode === "100755";
}

/** Git puts entries in the order of their bytes, a folder as if its name ended with a slash. */
export function idOfTree(entries: readonly FolderEntry[], like: ObjectId): ObjectId {
  const placeOf = ({ name, mode }: FolderEntry) => (mode === FOLDER ? `${name}/` : name);
  const sorted = entries.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  const lines = sorted.map(({ name, mode, id }) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`, "latin1"), Buffer.from(id, "hex")]),
  );
  return idOf("tree", Buffer.concat(lines), like);
}

/** Git's own id, SHA-1 or SHA-256 by the length of an id that is known. */
export function idOf(kind: "blob" | "tree", bytes: Uint8Array, like: ObjectId): ObjectId {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`${kind} ${bytes.length}\0`).update(bytes).digest("hex");
}

/** As `FolderEntry` has its name. */
export function bytesIn(letters: string): string {
  return Buffer.from(letters, "utf8").toString("latin1");
}

function lettersIn(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
