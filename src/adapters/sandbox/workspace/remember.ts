import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readlinkSync, type Stats } from "node:fs";
import type { Baseline } from "../../../ports/sandbox.ts";
import { isAsBase } from "./as-base.ts";
import { eachChunk, withRegularFile } from "./regular-file.ts";
import { rulesInForce } from "./rules-in-force.ts";
import { type Found, walkWorkspace } from "./walk.ts";

/** Larger files are recognized by inode and times, which the kernel keeps, because hashing them twice would take too long (bytes). */
const HASHED_BYTES = 100_000_000;
/** The most entries of one folder that is remembered whole, like `.git`. */
const FOLDER_ENTRIES = 200_000;

const ABSENT = "absent";

/** Differences from the base at one moment, by place: kind, mode and content of each. */
export interface Remembered {
  /** Whether this is unchanged, byte for byte. */
  isSame(found: Found): boolean;
  /** Whether this path of the base was already gone. */
  isGone(path: string): boolean;
  /** Entries that the rules exclude; a folder whole and with a slash at its end. */
  readonly hidden: ReadonlySet<string>;
}

export const NOTHING_REMEMBERED: Remembered = {
  isSame: () => false,
  isGone: () => false,
  hidden: new Set(),
};

/**
 * The port's `remember`: every entry that could be in a change set, and that differs from the base. Unreadable entries
 * are not remembered, so that they are refused later. Only called while nothing sandboxed is running.
 */
export function rememberWorkspace(root: string, base: Baseline): Remembered {
  const hidden = new Set<string>();
  const known = printsOf(root, { ...base, ignore: rulesInForce(root, base) }, hidden);
  return {
    hidden,
    isSame: (found) => {
      const print = known.get(keyOf(found) ?? "");
      return print !== undefined && tryFingerprint(placeOf(root, found), print) === print;
    },
    isGone: (path) => known.get(path) === ABSENT,
  };
}

function printsOf(root: string, base: Baseline, hidden: Set<string>): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const absent = new Set(base.files.keys());
  for (const found of walkWorkspace(root, base, (path) => hidden.add(path))) {
    const key = keyOf(found);
    // Unreached entries are neither present nor gone.
    if (key === undefined) absent.clear();
    else absent.delete(key);
    if (key === undefined || isAsBase(root, found, base)) continue;
    const print = tryFingerprint(placeOf(root, found));
    if (print !== undefined) known.set(key, print);
  }
  for (const path of absent) known.set(path, ABSENT);
  return known;
}

/** Obstacles may have names that are no text; their keys contain a NUL, which no path does. */
function keyOf(found: Found): string | undefined {
  if ("state" in found) return found.path;
  return found.place === undefined ? undefined : `\0${found.place.toString("latin1")}`;
}

function placeOf(root: string, found: Found): Buffer {
  const below = "state" in found ? Buffer.from(found.path) : (found.place ?? Buffer.alloc(0));
  return joined(Buffer.from(root), below);
}

function joined(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from("/"), name]);
}

function tryFingerprint(place: Buffer, expected?: string): string | undefined {
  try {
    const state = lstatSync(place);
    // Another kind, mode or size makes reading the content unnecessary, which may be a terabyte of nothing by now.
    const head = headOf(state);
    if (expected !== undefined && !expected.startsWith(head)) return undefined;
    return `${head}${contentOf(place, state)}`;
  } catch {
    return undefined;
  }
}

/** Kind, the parts of the mode that git keeps or refuses, and the size if it has one. */
function headOf(state: Stats): string {
  const size = state.isFile() || state.isSymbolicLink() ? state.size : 0;
  return `${(state.mode & 0o170000).toString(8)} ${(state.mode & 0o7100).toString(8)} ${size} `;
}

function contentOf(place: Buffer, state: Stats): string {
  const hash = createHash("sha256");
  if (state.isFile()) {
    if (state.size > HASHED_BYTES) return `${state.ino} ${state.mtimeMs} ${state.ctimeMs}`;
    withRegularFile(place, state, (file) => eachChunk(file, (chunk) => hash.update(chunk)));
  } else if (state.isSymbolicLink()) hash.update(readlinkSync(place, { encoding: "buffer" }));
  else if (state.isDirectory()) hashFolder(place, (text) => hash.update(text));
  return hash.digest("hex");
}

/** A whole folder, sorted by name. Throws if it contains too much or cannot be read. */
function hashFolder(folder: Buffer, add: (text: string | Buffer) => void): void {
  const waiting = [folder];
  let entries = 0;
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    const names = readdirSync(here, { encoding: "buffer" }).sort(Buffer.compare);
    entries += names.length;
    if (entries > FOLDER_ENTRIES) throw new RangeError(`more than ${FOLDER_ENTRIES} entries`);
    for (const name of names) {
      const place = joined(here, name);
      const state = lstatSync(place);
      // A NUL ends a name and a content, and heads have none, so no two folders have the same text.
      add(name);
      add(`\0${headOf(state)}`);
      if (state.isDirectory()) waiting.push(place);
      else add(`${contentOf(place, state)}\0`);
    }
    add("\0");
  }
}
