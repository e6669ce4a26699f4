import type { Part } from "../../domain/github/snapshot.ts";
import { foldPath, matchesAny } from "../../domain/path.ts";

/** Special characters of a glob. The text before the first is a folder that holds every match. */
const GLOB = /[*?[\]{}()!@+\\]/;

/** Degree of collision of two scopes: unknown is worse than none, and better than a common file. */
export const DISJOINT = 0;
const UNKNOWN = 1;
const COMMON = 2;

/** Paths under change. Lookup takes constant time for single files, and one step per glob. */
export interface Ground {
  /** How a scope relates to it. */
  readonly meets: (scope: Part<readonly string[]>) => number;
}

export function groundOf(scopes: readonly Part<readonly string[]>[]): Ground {
  const paths = [...new Set(scopes.flatMap((scope) => ("known" in scope ? scope.known : [])))];
  const files = new Set(paths.filter((path) => !GLOB.test(path)).map(foldPath));
  const globs = paths.filter((path) => GLOB.test(path));
  const isUnknown = scopes.some((scope) => "unknown" in scope);
  // Many issues name the same few paths.
  const seen = new Map<string, boolean>();
  const isTouched = (path: string) => {
    const known = seen.get(path) ?? touches(path, { files, globs });
    seen.set(path, known);
    return known;
  };
  return {
    meets: (scope) => {
      if ("unknown" in scope) return scopes.length === 0 ? DISJOINT : UNKNOWN;
      if (scope.known.some(isTouched)) return COMMON;
      return isUnknown ? UNKNOWN : DISJOINT;
    },
  };
}

interface Touched {
  readonly files: ReadonlySet<string>;
  readonly globs: readonly string[];
}

function touches(path: string, { files, globs }: Touched): boolean {
  if (!GLOB.test(path)) return files.has(foldPath(path)) || matchesAny(path, globs);
  return (
    [...files].some((file) => matchesAny(file, [path])) ||
    globs.some((glob) => mayShare(folderOf(path), folderOf(glob)))
  );
}

/** Two globs may share a file unless their folders are disjoint. */
function mayShare(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** The folder before the first special character of a glob, with its slash; empty for the root. */
function folderOf(glob: string): string {
  const literal = glob.slice(0, glob.search(GLOB));
  return foldPath(literal.slice(0, literal.lastIndexOf("/") + 1));
}
