import { access, constants, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/**
 * The first file or folder of a repository's own files that this user may not read; undefined when there is none, or when
 * the folder holds no repository. Asked only once something has failed: git calls such a repository none at all, or empty.
 */
export async function findUnreadable(directory: string): Promise<string | undefined> {
  if (!(await mayRead(directory))) return directory;
  const own = join(directory, ".git");
  if (await exists(own)) return firstUnreadable(own);
  const bare = ["HEAD", "objects", "refs"].map((name) => join(directory, name));
  const all = await Promise.all(bare.map(exists));
  return all.every(Boolean) ? firstUnreadable(directory) : undefined;
}

async function firstUnreadable(path: string): Promise<string | undefined> {
  const state = await lstat(path).catch(() => undefined);
  if (state === undefined || state.isSymbolicLink()) return undefined;
  if (!(await mayRead(path, state.isDirectory()))) return path;
  if (!state.isDirectory()) return undefined;
  for (const name of (await readdir(path)).sort()) {
    const found = await firstUnreadable(join(path, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function mayRead(path: string, isFolder = true): Promise<boolean> {
  const wanted = isFolder ? constants.R_OK | constants.X_OK : constants.R_OK;
  return access(path, wanted).then(
    () => true,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
