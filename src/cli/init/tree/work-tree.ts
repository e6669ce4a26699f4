import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { systemReason } from "../../command/named-file.ts";
import { UsageError } from "../../command/usage-error.ts";
import { shownWithCrlf, withCrlf, withLf } from "./line-ends.ts";

/** The files of a clone, by paths from its root. No link is followed: what it leads to is not the repository's. */
export interface WorkTree {
  /** As git stores it; undefined where nothing stands. Throws UsageError where a part of the path is a link, or cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** In one step: a reader sees the whole file or none. */
  write(path: string, text: string): void;
  /** With the folders above that are empty then. */
  remove(path: string): void;
}

/** @param aside the folder of git, where a file is written before it takes its place: what a dead run leaves there harms nobody */
export async function openWorkTree(root: string, aside: string): Promise<WorkTree> {
  const raw = (path: string) => readRaw(root, path);
  const crlf = await shownWithCrlf(root, raw);
  return {
    read(path) {
      const bytes = raw(path);
      return bytes !== undefined && crlf.has(path) ? withLf(bytes) : bytes;
    },
    write(path, text) {
      const place = placeOf(root, path);
      const begun = join(aside, "millwright-init");
      tried(path, "written", () => {
        writeFileSync(begun, crlf.has(path) ? withCrlf(text) : text);
        mkdirSync(dirname(place), { recursive: true });
        renameSync(begun, place);
      });
    },
    remove(path) {
      const place = placeOf(root, path);
      tried(path, "removed", () => rmSync(place));
      removeEmpty(root, dirname(place));
    },
  };
}

function readRaw(root: string, path: string): Uint8Array | undefined {
  const place = placeOf(root, path);
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  // A link is somebody's, wherever it leads: its name is taken.
  if (found.isSymbolicLink()) return new Uint8Array();
  if (!found.isFile()) throw new UsageError(`--repo: ${path} is a folder, expected a file`);
  return tried(path, "read", () => readFileSync(place));
}

function placeOf(root: string, path: string): string {
  const place = join(root, path);
  for (let folder = dirname(place); folder !== root; folder = dirname(folder)) {
    if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      throw new UsageError(
        `--repo: ${relative(root, folder)} is a link; put a folder in its place, or name the repository that it leads to`,
      );
    }
  }
  return place;
}

function removeEmpty(root: string, folder: string): void {
  if (folder === root) return;
  try {
    rmdirSync(folder);
  } catch {
    // Something else lies there.
    return;
  }
  removeEmpty(root, dirname(folder));
}

function tried<Value>(path: string, verb: string, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    const reason = systemReason(error as NodeJS.ErrnoException);
    throw new UsageError(`--repo: ${path} cannot be ${verb}: ${reason}`);
  }
}
