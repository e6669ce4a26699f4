import picomatch from "picomatch";
import type { Look } from "../look.ts";
import type { ProposedCheck } from "../proposal.ts";

/** One package of a workspace, as its manifest says. */
export interface WorkspacePackage {
  /** From the root of the workspace. */
  readonly folder: string;
  readonly name: string;
  /** Names of what it needs; those that are no package of the workspace are of no account. */
  readonly needs: readonly string[];
}

/** Bound of a list of checks in the config. */
const MOST_PACKAGES = 50;
const LONGEST_SCOPE = 200;
const MOST_GLOBS = 50;

/**
 * What each package's checks are about: its own folder, and the folder of every package of the workspace that it needs,
 * directly or not. Undefined where nobody can tell them apart: fewer than two, too many, one inside another.
 */
export function scopesOfPackages(
  packages: readonly WorkspacePackage[],
): ReadonlyMap<string, readonly string[]> | undefined {
  if (packages.length < 2 || packages.length > MOST_PACKAGES) return undefined;
  const folders = packages.map(({ folder }) => folder);
  const isNested = folders.some((folder) =>
    folders.some((other) => other !== folder && `${other}/`.startsWith(`${folder}/`)),
  );
  if (isNested || folders.includes("")) return undefined;
  const scopes = packages.map(({ folder, name }) => {
    const globs = [folder, ...foldersNeededBy(name, packages)].map(globOf);
    return [folder, [...new Set(globs)]] as const;
  });
  const isBounded = scopes.every(
    ([, globs]) =>
      globs.length <= MOST_GLOBS && globs.every((glob) => glob.length <= LONGEST_SCOPE),
  );
  return isBounded ? new Map(scopes) : undefined;
}

function foldersNeededBy(name: string, packages: readonly WorkspacePackage[]): readonly string[] {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const seen = new Set([name]);
  const found: string[] = [];
  const open = [...(byName.get(name)?.needs ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const needed = byName.get(next);
    if (needed === undefined || seen.has(next)) continue;
    seen.add(next);
    found.push(needed.folder);
    open.push(...needed.needs);
  }
  return found.toSorted();
}

/** Everything below a folder, whatever its name is made of. */
export function globOf(folder: string): string {
  return `${folder.replace(/[*?[\]{}()!+@\\]/g, "\\$&")}/**`;
}

/** Folders below the look that hold a manifest of this name and that one of the workspace's patterns takes; `!` leaves out. */
export function foldersWith(
  look: Look,
  manifest: string,
  patterns: readonly string[],
): readonly string[] {
  const trimmed = patterns.map((pattern) => pattern.replace(/^\.\//, "").replace(/\/+$/, ""));
  const wanted = trimmed.filter((pattern) => !pattern.startsWith("!") && pattern !== "");
  const not = trimmed.filter((pattern) => pattern.startsWith("!")).map((one) => one.slice(1));
  if (wanted.length === 0) return [];
  const isWanted = picomatch(wanted, { ignore: not });
  return look.files
    .filter((path) => path.endsWith(`/${manifest}`))
    .map((path) => path.slice(0, -manifest.length - 1))
    .filter((folder) => isWanted(folder));
}

/** One folder of a look as a look of its own; what CI runs is not told apart there. */
export function below(look: Look, folder: string): Look {
  const prefix = `${folder}/`;
  return {
    folder: look.place(folder),
    files: look.files.flatMap((path) =>
      path.startsWith(prefix) ? [path.slice(prefix.length)] : [],
    ),
    ci: [],
    has: (path) => look.has(prefix + path),
    isExecutable: (path) => look.isExecutable(prefix + path),
    text: (path) => look.text(prefix + path),
    place: (path) => look.place(prefix + path),
    note: look.note,
  };
}

/** One check for each package that has one; undefined where that is fewer than two, or their scopes cannot be told. */
export function forEachPackage(
  packages: readonly WorkspacePackage[],
  checkOf: (one: WorkspacePackage) => ProposedCheck | undefined,
): readonly ProposedCheck[] | undefined {
  const scopes = scopesOfPackages(packages);
  if (scopes === undefined) return undefined;
  const checks = packages.flatMap((one) => {
    const check = checkOf(one);
    const paths = scopes.get(one.folder);
    return check === undefined || paths === undefined ? [] : [{ ...check, paths }];
  });
  return checks.length < 2 ? undefined : checks;
}
