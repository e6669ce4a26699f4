import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";

export interface FoundFiles {
  /** Folder that the paths inside the artifact are relative to. */
  readonly root: string;
  /** Absolute paths of regular files, sorted. */
  readonly files: readonly string[];
}

/**
 * Finds files as @actions/glob does for artifacts: one pattern per line, `!` excludes, a folder means everything below
 * it; the root is the folder of a single pattern, or the least common ancestor of several.
 */
export function searchFiles(patterns: string, workspace: string, hidden: boolean): FoundFiles {
  const lines = patterns
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const include = lines.filter((line) => !line.startsWith("!"));
  const excluded = lines
    .filter((line) => line.startsWith("!"))
    .map((line) => matcher(resolve(workspace, line.slice(1))));
  const bases = include.map((line) => baseOf(resolve(workspace, line)));
  const found = new Set<string>();
  for (const line of include) {
    const pattern = resolve(workspace, line);
    const matches = matcher(pattern);
    for (const file of filesBelow(baseOf(pattern), hidden)) {
      if (matches(file) && !excluded.some((out) => out(file))) {
        found.add(file);
      }
    }
  }
  const folders = bases.map((base) => (isFolder(base) ? base : dirname(base)));
  return { root: commonAncestor(folders, workspace), files: [...found].sort() };
}

/** The pattern itself, or anything below it. */
function matcher(pattern: string): (file: string) => boolean {
  const clean = pattern.endsWith(sep) ? pattern.slice(0, -1) : pattern;
  if (existsSync(clean)) {
    return (file) => file === clean || file.startsWith(`${clean}${sep}`);
  }
  return picomatch([clean, `${clean}/**`], { dot: true });
}

/** The longest part of a pattern that names a real path. */
function baseOf(pattern: string): string {
  if (existsSync(pattern)) {
    return pattern;
  }
  const { base } = picomatch.scan(pattern);
  return base === "" ? sep : base;
}

function filesBelow(base: string, hidden: boolean): readonly string[] {
  if (!existsSync(base)) {
    return [];
  }
  if (!isFolder(base)) {
    return hidden || !basename(base).startsWith(".") ? [base] : [];
  }
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .filter(
      (path) =>
        hidden ||
        !relative(base, path)
          .split(sep)
          .some((part) => part.startsWith(".")),
    );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function commonAncestor(folders: readonly string[], fallback: string): string {
  const [first, ...others] = folders.map((folder) => folder.split(sep));
  if (first === undefined) {
    return fallback;
  }
  const shared = first.filter((_, index) =>
    others.every((other) => first.slice(0, index + 1).every((part, at) => other[at] === part)),
  );
  return shared.join(sep) || sep;
}
