import type { RepositoryState } from "../state/state.ts";
import { git } from "./git.ts";

/** GitHub keeps the objects of a repository and its forks together: whoever has a commit's id can read it in either. */
export async function bringHead(
  gitDirectory: string,
  fork: RepositoryState,
  branch: string,
): Promise<void> {
  const source = [fork.gitDirectory, `refs/heads/${branch}`];
  await git(gitDirectory, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", ...source]);
}
