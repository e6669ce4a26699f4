import { closeSync, constants, type Dirent, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";

const FOLDER =
  constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_DIRECTORY;

/** Limits: `found` files in the result, `entries` looked at, `depth` of folders, because unreviewed code writes the tree. */
const LIMITS = { found: 2_000, entries: 500_000, depth: 64 } as const;

interface Search {
  readonly pattern: string;
  readonly matches: (path: string) => boolean;
  readonly found: string[];
  entries: number;
}

/**
 * Regular files below `root` that match a glob, sorted, as relative paths. As in `readBelow`, every folder is opened
 * relative to its parent and never through a link, so that no concurrent swap leads out.
 */
export function findFiles(root: string, pattern: string): readonly string[] {
  const plain = pattern.replace(/^(\.\/)+/, "");
  const { base, glob } = picomatch.scan(plain);
  // The part before the first wildcard is opened directly; a pattern without one is a path.
  const start = (glob === "" ? plain.split("/").slice(0, -1) : base.split("/")).filter(Boolean);
  if (start.some((segment) => segment === "..")) return [];
  const matches = picomatch(plain, { dot: true });
  const search: Search = { pattern, matches, found: [], entries: 0 };
  descend(root, { path: "", depth: 0, way: start }, search);
  return search.found.sort();
}

interface Step {
  readonly path: string;
  readonly depth: number;
  /** Folders still to enter by name. */
  readonly way: readonly string[];
}

function descend(place: string, { path, depth, way }: Step, search: Search): void {
  const descriptor = openFolder(place);
  if (descriptor === undefined) return;
  try {
    // Only Linux has a name for an open folder; elsewhere there is no sandbox to race against.
    const folder = process.platform === "linux" ? `/proc/self/fd/${descriptor}` : place;
    const below = (name: string) => (path === "" ? name : `${path}/${name}`);
    const enter = (name: string, rest: readonly string[]) =>
      descend(join(folder, name), { path: below(name), depth: depth + 1, way: rest }, search);
    const [next, ...rest] = way;
    if (next !== undefined) {
      enter(next, rest);
      return;
    }
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      count(search, depth);
      if (entry.isDirectory()) enter(entry.name, []);
      else keep(entry, below(entry.name), search);
    }
  } finally {
    closeSync(descriptor);
  }
}

function count(search: Search, depth: number): void {
  search.entries += 1;
  if (search.entries > LIMITS.entries || depth > LIMITS.depth) {
    throw new RangeError(
      `${search.pattern} would look through more than ${LIMITS.entries} entries or ${LIMITS.depth} folders deep`,
    );
  }
}

function keep(entry: Dirent, path: string, search: Search): void {
  if (!(entry.isFile() && search.matches(path))) return;
  search.found.push(path);
  if (search.found.length > LIMITS.found) {
    throw new RangeError(`${search.pattern} matches more than ${LIMITS.found} files`);
  }
}

/** Undefined if it is no folder (any more) or unreadable: nothing is found there. */
function openFolder(place: string): number | undefined {
  try {
    return openSync(place, FOLDER);
  } catch {
    return undefined;
  }
}
