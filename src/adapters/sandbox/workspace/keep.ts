import { execFile } from "node:child_process";
import {
  type BigIntStats,
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { removeTree } from "../remains.ts";

/** Folders at one moment, kept out of reach of processes inside. */
export interface Kept {
  /**
   * Restores the folders: removes new entries, and copies removed or changed ones back. Nothing inside may be running.
   * Untouched entries are recognized by inode, size and times: only the kernel sets the change time, so no write or mode
   * change goes unnoticed.
   */
  restore(): void;
}

const run = promisify(execFile);

/** Copies a folder with links, modes and times, without sharing bytes; copy-on-write if the file system can. */
async function copyWhole(from: string, to: string): Promise<void> {
  const reflink = process.platform === "linux" ? ["--reflink=auto"] : [];
  await run("/bin/cp", ["-a", ...reflink, "--", from, to], { cwd: "/", env: {} });
}

/** Copies folders into a store, and returns a function that copies them from there into other, empty folders. */
export async function copyFolders(
  folders: readonly string[],
  store: string,
): Promise<(others: readonly string[]) => Promise<void>> {
  const copies = folders.map((_, index) => join(store, `${index}`));
  for (const [index, folder] of folders.entries()) await copyWhole(folder, copies[index] ?? "");
  return async (others) => {
    for (const [index, copy] of copies.entries()) await copyWhole(`${copy}/.`, others[index] ?? "");
  };
}

export async function keepFolders(folders: readonly string[], store: string): Promise<Kept> {
  mkdirSync(store);
  const pairs = folders.map((folder, index) => ({ folder, copy: join(store, `${index}`) }));
  const prints = new Map<string, string>();
  for (const { folder, copy } of pairs) {
    await copyWhole(folder, copy);
    readPrints(Buffer.from(folder), Buffer.from(copy), prints);
  }
  return {
    restore: () => {
      const away = join(store, "away");
      mkdirSync(away);
      const put = { prints, away, moved: 0 };
      for (const { folder, copy } of pairs) {
        restoreFolder(Buffer.from(folder), Buffer.from(copy), put);
      }
      removeTree(away);
    },
  };
}

interface Restoring {
  /** Properties of each entry, by its place. */
  readonly prints: Map<string, string>;
  /** New entries are moved here before they are removed, because their names may be no text. */
  readonly away: string;
  moved: number;
}

function below(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from("/"), name]);
}

const keyOf = (place: Buffer) => place.toString("latin1");
const stateOf = (place: Buffer) => lstatSync(place, { bigint: true });

function printOf({ ino, mode, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino} ${mode} ${size} ${mtimeNs} ${ctimeNs}`;
}

function readPrints(folder: Buffer, copy: Buffer, prints: Map<string, string>): void {
  for (const name of readdirSync(copy, { encoding: "buffer" })) {
    const place = below(folder, name);
    const state = stateOf(place);
    if (state.isDirectory()) readPrints(place, below(copy, name), prints);
    else prints.set(keyOf(place), printOf(state));
  }
}

/** Both `folder` and its kept copy are folders. */
function restoreFolder(folder: Buffer, copy: Buffer, put: Restoring): void {
  const [now, was] = [stateOf(folder), stateOf(copy)];
  // A folder that its owner may not write in was so before, or became so; both must not block the restore.
  const isOpen = (now.mode & 0o700n) === 0o700n;
  if (!isOpen) chmodSync(folder, 0o700);
  const names = readdirSync(copy, { encoding: "buffer" });
  const known = new Set(names.map(keyOf));
  for (const name of readdirSync(folder, { encoding: "buffer" })) {
    if (!known.has(keyOf(name))) moveAway(below(folder, name), put);
  }
  for (const name of names) restoreEntry(below(folder, name), below(copy, name), put);
  if (!isOpen || now.mode !== was.mode) chmodSync(folder, Number(was.mode & 0o7777n));
  if (stateOf(folder).mtimeNs !== was.mtimeNs) setTimes(folder, was);
}

function restoreEntry(place: Buffer, copy: Buffer, put: Restoring): void {
  const kept = stateOf(copy);
  const state = tryState(place);
  if (kept.isDirectory()) {
    if (state?.isDirectory() !== true) {
      if (state !== undefined) moveAway(place, put);
      mkdirSync(place);
    }
    restoreFolder(place, copy, put);
    return;
  }
  if (state !== undefined) {
    if (printOf(state) === put.prints.get(keyOf(place))) return;
    moveAway(place, put);
  }
  copyBack(copy, kept, place);
  put.prints.set(keyOf(place), printOf(stateOf(place)));
}

function tryState(place: Buffer): BigIntStats | undefined {
  return lstatSync(place, { bigint: true, throwIfNoEntry: false });
}

function copyBack(copy: Buffer, kept: BigIntStats, place: Buffer): void {
  if (kept.isSymbolicLink()) {
    symlinkSync(readlinkSync(copy, { encoding: "buffer" }), place);
    return;
  }
  if (!kept.isFile()) throw new Error(`${place} was no file, folder or link, and is gone`);
  copyFileSync(copy, place, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
  chmodSync(place, Number(kept.mode & 0o7777n));
  setTimes(place, kept);
}

function setTimes(place: Buffer, { atimeNs, mtimeNs }: BigIntStats): void {
  utimesSync(place, Number(atimeNs) / 1e9, Number(mtimeNs) / 1e9);
}

function moveAway(place: Buffer, put: Restoring): void {
  const state = stateOf(place);
  // Moving a folder changes its content (`..`).
  if (state.isDirectory() && (state.mode & 0o700n) !== 0o700n) chmodSync(place, 0o700);
  put.moved += 1;
  renameSync(place, join(put.away, `${put.moved}`));
}
