import { webAddress } from "../render/addresses.ts";
import { renderSimpleCommit } from "../render/git.ts";
import { announce } from "../state/events.ts";
import { announceIssue, type Change, noteEvent, touch } from "../state/issue-changes.ts";
import { closeByText, closeIssue } from "../state/issue-closing.ts";
import { isPullRequest, type PullRequestState } from "../state/issue-state.ts";
import { timestamp } from "../state/state.ts";
import { bringHead } from "./bring-head.ts";
import { type CommitObject, readCommits } from "./commit-objects.ts";
import { commitsBetween, isAncestor } from "./history.ts";
import { tryMerge } from "./merge-commits.ts";
import { moveRef, placeRef } from "./move-ref.ts";
import { branchTip, resolveRevision } from "./read-refs.ts";

/** A branch or tag that moved; null is "did not exist". */
export interface RefChange {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
}

const NOTHING = "0".repeat(40);
/** Source: docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const MOST_COMMITS = 2048;

function branchOf(ref: string): string | undefined {
  return ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
}

/** Commits that a change brought: all since `before`, or for a new branch those the default branch has not. */
async function newCommits(change: Change, moved: RefChange) {
  const { gitDirectory, defaultBranch } = change.repository;
  if (moved.after === null) return [];
  const isFirst = branchOf(moved.ref) === defaultBranch && moved.before === null;
  if (isFirst) return readCommits(gitDirectory, [moved.after]);
  const from = moved.before ?? (await branchTip(gitDirectory, defaultBranch));
  if (from === undefined) return [];
  return readCommits(gitDirectory, await commitsBetween(gitDirectory, from, moved.after));
}

async function announcePush(change: Change, moved: RefChange): Promise<void> {
  const { caller, repository, twin } = change;
  const commits = (await newCommits(change, moved)).slice(-MOST_COMMITS);
  // Without `added`, `removed` and `modified`: runs do not get them.
  // Source: docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#push
  const rendered = (commit: CommitObject) => ({
    ...renderSimpleCommit(commit),
    distinct: true,
    url: `${webAddress(twin, repository)}/commit/${commit.sha}`,
  });
  // A tag may stand for an object of its own; a run gets the commit.
  const tip =
    moved.after === null ? undefined : await resolveRevision(repository.gitDirectory, moved.after);
  const [head] = tip === undefined ? [] : await readCommits(repository.gitDirectory, [tip]);
  const before = moved.before ?? NOTHING;
  const after = moved.after ?? NOTHING;
  const forced =
    moved.before !== null &&
    moved.after !== null &&
    !(await isAncestor(repository.gitDirectory, moved.before, moved.after));
  await announce(twin, repository, {
    name: "push",
    caller,
    at: { ref: moved.ref, sha: tip ?? after },
    payload: {
      ref: moved.ref,
      before,
      after,
      base_ref: null,
      created: moved.before === null,
      deleted: moved.after === null,
      forced,
      compare: `${webAddress(twin, repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
      commits: commits.map(rendered),
      head_commit: head === undefined ? null : rendered(head),
      pusher: { name: caller.account.login, email: null },
    },
  });
}

/** Moves an open pull request to the new head of its branch. */
async function synchronizePull(change: Change, pull: PullRequestState, after: string) {
  const { repository, twin } = change;
  const before = pull.pull.headSha;
  pull.pull.headSha = after;
  touch(change, pull);
  await placeRef(repository.gitDirectory, `refs/pull/${pull.number}/head`, after);
  const testMerge = await tryMerge(twin, repository, pull);
  if (testMerge !== undefined) pull.pull.baseSha = testMerge.base;
  await announceIssue(change, pull, { action: "synchronize", extra: { before, after } });
}

/** Records a merge, whoever made it: through the route, or by pushing commits that hold the head. */
export async function markMerged(change: Change, pull: PullRequestState, commit: string) {
  const now = timestamp(change.twin);
  pull.pull.mergedAt = now;
  pull.pull.mergedBy = change.caller.account;
  pull.pull.mergeCommitSha = commit;
  noteEvent(change, pull, { event: "merged", commitId: commit });
  const merge = `refs/pull/${pull.number}/merge`;
  await moveRef(change.repository.gitDirectory, { ref: merge, after: null });
  await closeIssue(change, pull, { reason: "completed", commitId: commit });
  if (pull.pull.baseBranch === change.repository.defaultBranch) {
    await closeByText(change, pull.body ?? "", commit);
  }
}

async function settlePull(change: Change, pull: PullRequestState, moved: RefChange) {
  const branch = branchOf(moved.ref);
  const { after } = moved;
  if (pull.pull.headRepository === undefined && branch === pull.pull.headBranch) {
    if (after === null) await closeIssue(change, pull, { reason: "not_planned" });
    else if (after !== pull.pull.headSha) await synchronizePull(change, pull, after);
  }
  const { baseBranch, headSha } = pull.pull;
  if (pull.state === "closed" || branch !== baseBranch) return;
  if (after === null) await closeIssue(change, pull, { reason: "not_planned" });
  else if (await isAncestor(change.repository.gitDirectory, headSha, after)) {
    await markMerged(change, pull, after);
  }
}

/** A fork's branch is the head of pull requests of what it is a fork of. */
async function settleAbove(change: Change, moved: RefChange): Promise<void> {
  const { parent } = change.repository;
  const branch = branchOf(moved.ref);
  const { after } = moved;
  if (parent === undefined || branch === undefined) return;
  const open = [...parent.issues.values()].filter(({ state }) => state === "open");
  for (const pull of open.filter(isPullRequest)) {
    const { headRepository, headBranch, headSha } = pull.pull;
    if (headRepository !== change.repository.fullName || headBranch !== branch || after === headSha)
      continue;
    const above = { ...change, repository: parent };
    if (after === null) await closeIssue(above, pull, { reason: "not_planned" });
    else {
      await bringHead(parent.gitDirectory, change.repository, branch);
      await synchronizePull(above, pull, after);
    }
  }
}

async function closeByCommits(change: Change, moved: RefChange): Promise<void> {
  if (branchOf(moved.ref) !== change.repository.defaultBranch || moved.before === null) return;
  for (const commit of await newCommits(change, moved)) {
    await closeByText(change, commit.message, commit.sha);
  }
}

/** What GitHub does after refs have moved: push events, pull requests that follow, issues that commits close. */
export async function settleRefChanges(
  change: Change,
  changes: readonly RefChange[],
): Promise<void> {
  for (const moved of changes) {
    change.repository.pushedAt = timestamp(change.twin);
    await announcePush(change, moved);
    const open = [...change.repository.issues.values()].filter((issue) => issue.state === "open");
    for (const pull of open.filter(isPullRequest)) await settlePull(change, pull, moved);
    await settleAbove(change, moved);
    await closeByCommits(change, moved);
  }
}
