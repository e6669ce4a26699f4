import {
  closeSync,
  constants,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmdirSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type ChangedFile, refuseChangedPath } from "../../../domain/change-set.ts";

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** The port's `write`: deletions first, because a file may make room for a folder of its name. */
export function writeFiles(root: string, files: readonly ChangedFile[]): void {
  for (const { path } of files) {
    const refusal = refuseChangedPath(path, (named) => isFile(join(root, named)));
    if (refusal !== undefined) throw new Error(`${refusal.subject}: ${refusal.found ?? "refused"}`);
  }
  for (const file of files) if ("deleted" in file) deleteFile(root, file.path);
  for (const file of files) if (!("deleted" in file)) writeFile(root, file);
}

function isFile(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isFile() === true;
}

function deleteFile(root: string, path: string): void {
  refuseLinkedFolders(root, path);
  const state = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (state === undefined || state.isDirectory()) {
    throw new Error(`${JSON.stringify(path)} is to be deleted, but is no file of the workspace`);
  }
  unlinkSync(join(root, path));
  // Git has no empty folders, so the parents are removed with their last file.
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return;
    }
  }
}

function writeFile(root: string, file: Exclude<ChangedFile, { readonly deleted: true }>): void {
  const target = join(root, file.path);
  refuseLinkedFolders(root, file.path);
  mkdirSync(dirname(target), { recursive: true });
  const state = lstatSync(target, { throwIfNoEntry: false });
  // An existing entry is removed, even a link, so that the new file is never written through it.
  if (state !== undefined && !state.isDirectory()) unlinkSync(target);
  const content = Buffer.from(file.content, file.encoding);
  const descriptor = openSync(target, NEW_FILE);
  try {
    let written = 0;
    while (written < content.length) written += writeSync(descriptor, content, written);
    fchmodSync(descriptor, file.mode === "100755" ? 0o755 : 0o644);
  } finally {
    closeSync(descriptor);
  }
}

function refuseLinkedFolders(root: string, path: string): void {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    const state = lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (state !== undefined && !state.isDirectory()) {
      throw new Error(
        `${JSON.stringify(path)} lies below ${JSON.stringify(folder)}, which is no folder`,
      );
    }
  }
}
