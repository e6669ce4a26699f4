import type { PullRequestState, TestMerge } from "../state/issue-state.ts";
import { GITHUB_COMMITTER, type RepositoryState, type Twin, timestamp } from "../state/state.ts";
import { readCommit, readCommits } from "./commit-objects.ts";
import { commitsBetween } from "./history.ts";
import { commitAs, type Merging, mergeTree } from "./merging.ts";
import { moveRef, placeRef } from "./move-ref.ts";
import { branchTip } from "./read-refs.ts";
import { writeCommit } from "./write-objects.ts";

/**
 * Tries head against base and keeps the result as refs/pull/N/merge, as GitHub does. The answer is kept until one of
 * the two moves. GitHub computes it later and says null meanwhile; the twin does it at once.
 */
export async function tryMerge(
  twin: Twin,
  repository: RepositoryState,
  pull: PullRequestState,
): Promise<TestMerge | undefined> {
  const { gitDirectory } = repository;
  const head = pull.pull.headSha;
  const base = await branchTip(gitDirectory, pull.pull.baseBranch);
  if (base === undefined) return undefined;
  const known = pull.pull.testMerge;
  if (known !== undefined && known.base === base && known.head === head) return known;
  const tree = await mergeTree(gitDirectory, base, head);
  const ref = `refs/pull/${pull.number}/merge`;
  let commit: string | undefined;
  if (tree === undefined) {
    await moveRef(gitDirectory, { ref, after: null });
  } else {
    commit = await commitAs(
      { twin, repository, pull, base, account: pull.author },
      { tree, parents: [base, head], message: `Merge ${head} into ${base}` },
    );
    await placeRef(gitDirectory, ref, commit);
  }
  pull.pull.testMerge = { base, head, commit };
  return pull.pull.testMerge;
}

export async function mergeCommit(merging: Merging): Promise<string | undefined> {
  const { base, pull, repository } = merging;
  const head = pull.pull.headSha;
  const tree = await mergeTree(repository.gitDirectory, base, head);
  if (tree === undefined) return undefined;
  const title =
    merging.title ??
    `Merge pull request #${pull.number} from ${repository.owner.login}/${pull.pull.headBranch}`;
  const message = merging.message ?? pull.title;
  return commitAs(merging, {
    tree,
    parents: [base, head],
    message: message === "" ? title : `${title}\n\n${message}`,
  });
}

export async function squashCommit(merging: Merging): Promise<string | undefined> {
  const { base, pull, repository } = merging;
  const head = pull.pull.headSha;
  const tree = await mergeTree(repository.gitDirectory, base, head);
  if (tree === undefined) return undefined;
  const ids = await commitsBetween(repository.gitDirectory, base, head);
  const commits = await readCommits(repository.gitDirectory, ids);
  const [only] = commits.length === 1 ? commits : [];
  const subject = only === undefined ? pull.title : only.message.trim().split("\n", 1).join();
  const title = merging.title ?? `${subject} (#${pull.number})`;
  const list = commits.map((commit) => `* ${commit.message.trim()}`).join("\n\n");
  const rest = only === undefined ? list : only.message.trim().slice(subject.length).trim();
  const message = merging.message ?? rest;
  // The work stays its author's, whoever merges it.
  return commitAs(
    { ...merging, account: pull.author },
    {
      tree,
      parents: [base],
      message: message === "" ? title : `${title}\n\n${message}`,
    },
  );
}

/**
 * Copies one commit onto another. A stand-in with the target's tree and the copied commit's parent makes that parent
 * the merge base, which is what a cherry-pick is; `merge-tree --merge-base` would need git 2.40.
 */
async function copyCommit(merging: Merging, id: string, onto: string): Promise<string | undefined> {
  const { gitDirectory } = merging.repository;
  const commit = await readCommit(gitDirectory, id);
  if (commit === undefined || commit.parents.length > 1) return undefined;
  const target = await readCommit(gitDirectory, onto);
  const standIn = await commitAs(merging, {
    tree: target?.tree ?? "",
    parents: commit.parents,
    message: "stand-in",
  });
  const tree = await mergeTree(gitDirectory, standIn, id);
  if (tree === undefined) return undefined;
  return writeCommit(gitDirectory, {
    tree,
    parents: [onto],
    author: commit.author,
    committer: { ...GITHUB_COMMITTER, date: timestamp(merging.twin) },
    message: commit.message,
  });
}

export async function rebasedTip(merging: Merging): Promise<string | undefined> {
  const { base, pull, repository } = merging;
  let tip: string = base;
  for (const id of await commitsBetween(repository.gitDirectory, base, pull.pull.headSha)) {
    const copy = await copyCommit(merging, id, tip);
    if (copy === undefined) return undefined;
    tip = copy;
  }
  return tip;
}
