import { gitIn, type Source } from "./resolve-base.ts";

/** Whether git would leave out one of these files of the work tree: by .gitignore, or by what this clone alone ignores. */
export async function isAnyIgnored(source: Source, paths: readonly string[]): Promise<boolean> {
  if (paths.length === 0) return false;
  // 0: at least one is, 1: none is (git-check-ignore, EXIT STATUS).
  const { code } = await gitIn(source.directory, ["check-ignore", "--", ...paths]);
  return code === 0;
}
