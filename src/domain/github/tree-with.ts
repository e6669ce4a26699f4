import { createHash } from "node:crypto";
import type { ChangedFile } from "../change-set.ts";
import type { ObjectId } from "../digest.ts";
import { refusePath } from "../path.ts";

/** One entry of a folder, as git records it. */
export interface FolderEntry {
  /** The bytes of its name, each as one character of Latin-1, because git does not record an encoding. */
  readonly name: string;
  /** As git writes it: `100644`, `100755`, `120000`, `160000`, or `40000` for a folder. */
  readonly mode: string;
  readonly id: ObjectId;
}

/** Folders of a tree by their paths; the root is the empty one. Null: there is none at that path. */
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
 * Whether this change of plain files in these folders makes the expected tree. A git tree id is a hash of the content,
 * so exactly these files make no other. False if that is uncertain: an executable file, a link or a folder in place of a
 * file, a missing file to delete, a refused name, or an unread folder.
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
  /** Rest of its path below the folder, each name as in `FolderEntry`. */
  readonly segments: readonly string[];
}

interface Known {
  readonly folders: Folders;
  /** Its length shows which hash git uses here. */
  readonly expected: ObjectId;
}

/** Id of the changed folder; null if it becomes empty, undefined if unknown. */
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
  /** Path of its folder. */
  readonly path: string;
  readonly name: string;
  readonly before: FolderEntry | undefined;
}

/** The entry after the change; null for none, undefined if unknown. */
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
  // It is uncertain whether GitHub keeps the executable bit.
  if (file.mode !== PLAIN || (before !== undefined && before.mode !== PLAIN)) return undefined;
  const id = idOf("blob", Buffer.from(file.content, file.encoding), expected);
  return { name, mode: PLAIN, id };
}

function isFile({ mode }: FolderEntry): boolean {
  return mode === PLAIN || mode === "100755";
}

/** Git sorts entries by their bytes, a folder as if its name ended with a slash. */
export function idOfTree(entries: readonly FolderEntry[], like: ObjectId): ObjectId {
  const placeOf = ({ name, mode }: FolderEntry) => (mode === FOLDER ? `${name}/` : name);
  const sorted = entries.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  const lines = sorted.map(({ name, mode, id }) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`, "latin1"), Buffer.from(id, "hex")]),
  );
  return idOf("tree", Buffer.concat(lines), like);
}

/** Git's own id, SHA-1 or SHA-256 by the length of a known id. */
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
