import { UsageError } from "../../command/usage-error.ts";
import { gitAsOwner, type OwnGit, wordsOf } from "./own-git.ts";

/** Where what init writes goes: into the work tree, on a branch, or on a branch of which a pull request is opened. */
export type Place = "files" | "branch" | "pull-request";

export const DEFAULT_BRANCH = "millwright";

/**
 * What would stop the branch at the end is said before the checks are tried.
 * @throws UsageError for a name that git refuses, and where git does not know who makes the commit
 */
export async function refuseUnmakeable(own: OwnGit, branch: string): Promise<void> {
  const checked = await gitAsOwner(own, ["check-ref-format", "--branch", branch]);
  // Git reads `@{-1}` as another branch: that one was not named.
  if (checked.code !== 0 || wordsOf(checked) !== branch) {
    throw new UsageError(
      `--branch: git refuses ${JSON.stringify(branch)} as the name of a branch; take letters, digits and hyphens, like --branch ${DEFAULT_BRANCH}`,
    );
  }
  for (const who of ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"]) {
    if ((await gitAsOwner(own, ["var", who])).code === 0) continue;
    throw new UsageError(
      '--branch: git does not know who makes the commit; say it with `git config --global user.name "YOUR NAME"` and `git config --global user.email YOU@EXAMPLE.COM`',
    );
  }
}
