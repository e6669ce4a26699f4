import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { matchesAny } from "../../../domain/path.ts";
import { removeTree } from "../remains.ts";

/** The whole tree, set aside while a command sees only some of its files. */
export interface SetAside {
  /** Writes the files that the command sees, as in the tree; overwrites existing ones. */
  lay(): void;
  /** Restores the tree beside the command's files. Returns a file that the command created at an unseen path of the tree. */
  putBack(): string | undefined;
}

/** Keeps only the files of a tree that the globs name, as copies. */
export function setAside(workspace: string, away: string, globs: readonly string[]): SetAside {
  renameSync(workspace, away);
  mkdirSync(workspace);
  const seen = new Set(filesIn(away).filter((path) => matchesAny(path, globs)));
  const lay = () => {
    for (const path of seen) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      copyFileSync(join(away, path), join(workspace, path));
    }
  };
  lay();
  return {
    lay,
    putBack: () => {
      // The workspace was closed meanwhile, and nobody reads it any more.
      if (!existsSync(away)) return undefined;
      const conflict = merge("", { workspace, away, seen });
      removeTree(away);
      return conflict;
    },
  };
}

/** Regular files below a folder, never through a link. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

interface Merge {
  readonly workspace: string;
  readonly away: string;
  readonly seen: ReadonlySet<string>;
}

function merge(folder: string, given: Merge): string | undefined {
  let conflict: string | undefined;
  for (const name of readdirSync(join(given.away, folder))) {
    const path = join(folder, name);
    // The command may change its visible files, as without this.
    if (given.seen.has(path)) continue;
    conflict = mergeOne(path, given) ?? conflict;
  }
  return conflict;
}

function mergeOne(path: string, given: Merge): string | undefined {
  const [from, to] = [join(given.away, path), join(given.workspace, path)];
  const made = lstatSync(to, { throwIfNoEntry: false });
  if (made === undefined) {
    renameSync(from, to);
    return undefined;
  }
  if (made.isDirectory() && lstatSync(from).isDirectory()) return merge(path, given);
  removeTree(to);
  renameSync(from, to);
  return path;
}
