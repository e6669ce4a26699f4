import type { PullRequestState } from "../state/issue-state.ts";
import {
  commitIdentity,
  GITHUB_COMMITTER,
  type RepositoryState,
  type Twin,
  timestamp,
} from "../state/state.ts";
import type { Account } from "../twin-github.ts";
import { readCommit } from "./commit-objects.ts";
import { tryGit } from "./git.ts";
import { isAncestor } from "./history.ts";
import { writeCommit } from "./write-objects.ts";

export interface Merging {
  readonly twin: Twin;
  readonly repository: RepositoryState;
  readonly pull: PullRequestState;
  readonly account: Account;
  /** Tip of the base branch. */
  readonly base: string;
  readonly title: string | undefined;
  readonly message: string | undefined;
}

/** Tree of a real three-way merge, or undefined when the two conflict. Needs git 2.38 for `--write-tree`. */
export async function mergeTree(
  gitDirectory: string,
  ours: string,
  theirs: string,
): Promise<string | undefined> {
  // Of two sides of which one did nothing the other is what both come to.
  if (await isAncestor(gitDirectory, ours, theirs))
    return (await readCommit(gitDirectory, theirs))?.tree;
  if (await isAncestor(gitDirectory, theirs, ours))
    return (await readCommit(gitDirectory, ours))?.tree;
  const result = await tryGit(gitDirectory, ["merge-tree", "--write-tree", ours, theirs]);
  if (result.code === 0) return result.stdout.toString("utf8").trim();
  if (result.code === 1) return undefined;
  throw new Error(
    `git merge-tree failed (the twin needs git 2.38 or newer): ${result.stderr.trim()}`,
  );
}

interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

export async function commitAs(merging: Omit<Merging, "title" | "message">, commit: NewCommit) {
  const date = timestamp(merging.twin);
  return writeCommit(merging.repository.gitDirectory, {
    ...commit,
    author: { ...commitIdentity(merging.account), date },
    committer: { ...GITHUB_COMMITTER, date },
  });
}
