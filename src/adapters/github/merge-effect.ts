import type { ObjectId } from "../../domain/digest.ts";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import type { PullRequestState } from "../../domain/github/snapshot.ts";
import { type CommitAnswer, MergeAnswer, PullAnswer } from "./answers.ts";
import { readBranch, readCommit } from "./branch/branch-effects.ts";
import type { Client } from "./client/client.ts";
import { type RequestError, requestErrorOf } from "./client/request-error.ts";
import { createOnce, type Execution, NotYet, Refused } from "./execution.ts";

/**
 * Merges exactly this head, then checks the merge's tree and first parent. Seconds after a pull request was opened,
 * GitHub may say that its base was modified, or not know yet whether it can be merged. It is asked again for a while,
 * each time after checking that the base has not moved, because GitHub does not tie a merge to its base.
 */
export async function mergePullRequest(
  { client, memory }: Execution,
  effect: EffectOf<"merge-pull-request">,
): Promise<ResultOf<"merge-pull-request">> {
  let isRepeated = false;
  const { outcome, value } = await createOnce(client, {
    find: async () => {
      if (!isRepeated && isMergeable(memory.pullRequest(effect.pullRequest), effect)) {
        return undefined;
      }
      const merge = await findMerge(client, effect);
      if (merge === undefined && isRepeated) await requireBase(client, effect);
      return merge;
    },
    create: async () => {
      isRepeated = true;
      return await merge(client, effect);
    },
  });
  return { outcome, ...judgeMerge(await readCommit(client, value), effect) };
}

/** Whether the last look, with nothing written since, shows it open, at this head and into this base. */
export function isMergeable(
  pull: PullRequestState | undefined,
  effect: EffectOf<"merge-pull-request">,
): boolean {
  if (pull?.state !== "open") return false;
  return pull.head.sha === effect.sha && pull.base.branch === effect.base;
}

async function findMerge(
  client: Client,
  effect: EffectOf<"merge-pull-request">,
): Promise<ObjectId | undefined> {
  const pull = await readPull(client, effect);
  if (pull.merged_at === null) {
    if (pull.base.ref === effect.base) return undefined;
    // GitHub would merge it into any base that somebody has set since: the head alone does not decide that.
    throw new Refused({
      code: "merge-refused",
      did: "nothing",
      reason: `pull request ${effect.pullRequest} goes to ${pull.base.ref} now and not to ${effect.base}`,
    });
  }
  if (pull.head.sha === effect.sha && pull.merge_commit_sha !== null) return pull.merge_commit_sha;
  throw new Refused({
    code: "tree-mismatch",
    did: "something-else",
    reason: `pull request ${effect.pullRequest} was merged at another head`,
  });
}

async function requireBase(client: Client, effect: EffectOf<"merge-pull-request">): Promise<void> {
  const base = await readBranch(client, effect.base);
  if (base?.sha === effect.expectedParent) return;
  throw new Refused({
    code: "merge-refused",
    did: "nothing",
    reason: `${effect.base} is at ${base?.sha ?? "nothing"} now and was verified at ${effect.expectedParent}`,
  });
}

async function merge(client: Client, effect: EffectOf<"merge-pull-request">): Promise<ObjectId> {
  try {
    const made = await client.askOnce(MergeAnswer, "PUT /pulls/{pull_number}/merge", {
      pull_number: effect.pullRequest,
      sha: effect.sha,
      merge_method: "merge",
      commit_title: effect.title,
      commit_message: effect.message,
    });
    return made.sha;
  } catch (error: unknown) {
    throw (await isNotYet(client, effect, requestErrorOf(error))) ? new NotYet(error) : error;
  }
}

/** GitHub's own words, with status 405 (seen with 409, too). */
const BASE_MODIFIED = /^Base branch was modified\b/;

async function isNotYet(
  client: Client,
  effect: EffectOf<"merge-pull-request">,
  failure: RequestError | undefined,
): Promise<boolean> {
  if (failure?.status !== 405 && failure?.status !== 409) return false;
  if (BASE_MODIFIED.test(failure.message)) return true;
  return failure.status === 405 && (await readPull(client, effect)).mergeable === null;
}

function readPull(client: Client, effect: EffectOf<"merge-pull-request">): Promise<PullAnswer> {
  return client.ask(PullAnswer, "GET /pulls/{pull_number}", { pull_number: effect.pullRequest });
}

/** Checks the merge's tree and first parent. @throws Refused if they differ from what was verified */
export function judgeMerge(
  commit: CommitAnswer,
  effect: EffectOf<"merge-pull-request">,
): Omit<ResultOf<"merge-pull-request">, "outcome"> {
  const [parent, head] = commit.parents.map(({ sha }) => sha);
  if (commit.tree.sha !== effect.expectedTree) {
    throw new Refused({
      code: "tree-mismatch",
      did: "something-else",
      reason: `merged as ${commit.sha}, but its tree is ${commit.tree.sha} and verified was ${effect.expectedTree}`,
    });
  }
  if (parent !== effect.expectedParent || head !== effect.sha) {
    throw new Refused({
      code: "tree-mismatch",
      did: "something-else",
      reason: `merged as ${commit.sha}, but on ${parent ?? "nothing"} instead of ${effect.expectedParent}`,
    });
  }
  return { sha: commit.sha, tree: commit.tree.sha };
}
