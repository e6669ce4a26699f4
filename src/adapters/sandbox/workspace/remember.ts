import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readlinkSync, type Stats } from "node:fs";
import type { Baseline } from "../../../ports/sandbox.ts";
import { isAsBase } from "./as-base.ts";
import { eachChunk, withRegularFile } from "./regular-file.ts";
import { rulesInForce } from "./rules-in-force.ts";
import { type Found, walkWorkspace } from "./walk.ts";

/** Larger files are known by inode and times, which the kernel keeps: hashing them twice would take longer than it is worth (bytes). */
const HASHED_BYTES = 100_000_000;
/** Entries of one folder that is remembered whole, like `.git`. */
const FOLDER_ENTRIES = 200_000;

const ABSENT = "absent";

/** What differed from the base at one moment, by place: kind, mode and content of each. */
export interface Remembered {
  /** Whether this still stands there, byte for byte. */
  isSame(found: Found): boolean;
  /** Whether this path of the base was already gone. */
  isGone(path: string): boolean;
  /** What the rules left out, a folder whole and with a slash at its end. */
  readonly hidden: ReadonlySet<string>;
}

export const NOTHING_REMEMBERED: Remembered = {
  isSame: () => false,
  isGone: () => false,
  hidden: new Set(),
};

/**
 * The port's `remember`: every entry that a change set could be made of, and that differs from the base. What cannot be
 * read is not remembered, so that it is refused later. Only called when nothing sandboxed is alive.
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
    // What the walk did not reach is neither there nor gone.
    if (key === undefined) absent.clear();
    else absent.delete(key);
    if (key === undefined || isAsBase(root, found, base)) continue;
    const print = tryFingerprint(placeOf(root, found));
    if (print !== undefined) known.set(key, print);
  }
  for (const path of absent) known.set(path, ABSENT);
  return known;
}

/** Obstacles may have names that are no text: theirs are kept apart by a NUL, which no path holds. */
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
    // Another kind, mode or size needs no look at the content, which may be a terabyte of nothing by now.
    const head = headOf(state);
    if (expected !== undefined && !expected.startsWith(head)) return undefined;
    return `${head}${contentOf(place, state)}`;
  } catch {
    return undefined;
  }
}

/** Kind, what git would keep of the mode and what it refuses of it, and the size of what has one. */
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

/** A folder whole, in the order of its names. Throws when it holds too much or cannot be read. */
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
      // A NUL ends a name and a content, and heads hold none: no two folders read alike.
      add(name);
      add(`\0${headOf(state)}`);
      if (state.isDirectory()) waiting.push(place);
      else add(`${contentOf(place, state)}\0`);
    }
    add("\0");
  }
}
