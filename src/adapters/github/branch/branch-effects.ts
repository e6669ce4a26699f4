import type { ChangedFile } from "../../../domain/change-set.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import type { EffectOf } from "../../../domain/github/effect.ts";
import type { ResultOf } from "../../../domain/github/receipt.ts";
import { CommitAnswer, ObjectAnswer, RefAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";
import { createOnce, type Execution, Refused } from "../execution.ts";
import { commitAtOnce } from "./commit-at-once.ts";

/**
 * Creates the branch of the claim. GitHub creates a ref atomically, so one of two runs gets 422: `already`. After a lost
 * answer the owner is unknown: `already` too, and `unsure` if the branch is where it was wanted.
 */
export async function claimBranch(
  { client, wasTried }: Execution,
  effect: EffectOf<"claim-branch">,
): Promise<ResultOf<"claim-branch">> {
  let asked = wasTried === true;
  const { value } = await createOnce<"made" | "taken" | "unsure">(client, {
    find: async () => {
      const branch = asked ? await readBranch(client, effect.branch) : undefined;
      if (branch === undefined) return undefined;
      return branch.sha === effect.sha ? "unsure" : "taken";
    },
    create: async () => {
      const again = asked;
      asked = true;
      if (await createBranch(client, effect)) return "made";
      return again ? "unsure" : "taken";
    },
  });
  if (value === "made") return { outcome: "done" };
  return { outcome: "already", ...(value === "unsure" ? { unsure: true } : {}) };
}

/** False if the branch already exists. */
async function createBranch(client: Client, effect: EffectOf<"claim-branch">): Promise<boolean> {
  try {
    await client.askOnce(RefAnswer, "POST /git/refs", {
      ref: `refs/heads/${effect.branch}`,
      sha: effect.sha,
    });
    return true;
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status === 422 && /already exists/i.test(failure.message)) return false;
    throw error;
  }
}

export async function readBranch(
  client: Client,
  branch: string,
): Promise<{ readonly sha: ObjectId } | undefined> {
  try {
    const ref = await client.ask(RefAnswer, "GET /git/ref/{+ref}", { ref: `heads/${branch}` });
    return { sha: ref.object.sha };
  } catch (error: unknown) {
    if (requestErrorOf(error)?.status === 404) return undefined;
    throw error;
  }
}

export async function readCommit(client: Client, sha: ObjectId): Promise<CommitAnswer> {
  return await client.ask(CommitAnswer, "GET /git/commits/{commit_sha}", { commit_sha: sha });
}

/**
 * Rebuilds the tree on the pinned base, and moves the branch only if it is the verified one. Leaves out author,
 * committer and signature, so that GitHub signs the commit as the token's own (platform.md §6).
 */
export async function publishCommit(
  execution: Execution,
  effect: EffectOf<"publish-commit">,
): Promise<ResultOf<"publish-commit">> {
  const commit = await commitAtOnce(execution, effect);
  if (commit === undefined) return await publishByObjects(execution, effect);
  const made = parentsIn(commit);
  if (commit.tree.sha !== effect.expectedTree || made !== parentsOf(effect).join()) {
    throw new Refused({
      code: "tree-mismatch",
      did: "something-else",
      reason: `${effect.branch} was moved to ${commit.sha}, whose tree is ${commit.tree.sha} on ${made}; verified was ${effect.expectedTree}`,
    });
  }
  execution.memory.made(commit.sha);
  return resultOf("done", commit);
}

function parentsIn({ parents }: CommitAnswer): string {
  return parents.map(({ sha }) => sha).join();
}

async function publishByObjects(
  { client, memory }: Execution,
  effect: EffectOf<"publish-commit">,
): Promise<ResultOf<"publish-commit">> {
  const { base } = effect.changeSet;
  const parents = parentsOf(effect);
  // A branch that moved since the look rejects a commit that does not follow it; that is handled below.
  const known = memory.branch(effect.branch) === parents[0] ? memory.tree(base) : undefined;
  const tip = known === undefined ? await readTip(client, effect) : undefined;
  if (tip !== undefined && tip.sha !== parents[0]) return publishedBefore(tip, effect);
  const tree = await client.ask(ObjectAnswer, "POST /git/trees", {
    base_tree: known ?? (await treeOf(client, base, tip)),
    tree: await Promise.all(effect.changeSet.files.map((file) => treeEntry(client, file))),
  });
  if (tree.sha !== effect.expectedTree) {
    throw new Refused({
      code: "tree-mismatch",
      did: "nothing",
      reason: `the tree on GitHub is ${tree.sha}, verified was ${effect.expectedTree}; nothing was moved`,
    });
  }
  const commit = await client.ask(CommitAnswer, "POST /git/commits", {
    message: effect.message,
    tree: tree.sha,
    parents,
  });
  try {
    await client.ask(RefAnswer, "PATCH /git/refs/{+ref}", {
      ref: `heads/${effect.branch}`,
      sha: commit.sha,
      force: false,
    });
  } catch (error: unknown) {
    if (tip !== undefined || requestErrorOf(error)?.status !== 422) throw error;
    return publishedBefore(await readTip(client, effect), effect);
  }
  memory.made(commit.sha);
  return resultOf("done", commit);
}

async function readTip(client: Client, effect: EffectOf<"publish-commit">): Promise<CommitAnswer> {
  const branch = await readBranch(client, effect.branch);
  if (branch !== undefined) return await readCommit(client, branch.sha);
  throw new Refused({
    code: "claim-lost",
    did: "nothing",
    reason: `the claimed branch ${effect.branch} is not there`,
  });
}

async function treeOf(
  client: Client,
  base: ObjectId,
  tip: CommitAnswer | undefined,
): Promise<ObjectId> {
  const commit = tip?.sha === base ? tip : await readCommit(client, base);
  return commit.tree.sha;
}

function parentsOf({ parents, changeSet }: EffectOf<"publish-commit">): readonly ObjectId[] {
  return parents ?? [changeSet.base];
}

/** The branch has moved: by us, with exactly this tree on this base, or by someone else. */
function publishedBefore(
  tip: CommitAnswer,
  effect: EffectOf<"publish-commit">,
): ResultOf<"publish-commit"> {
  if (tip.tree.sha === effect.expectedTree && parentsIn(tip) === parentsOf(effect).join()) {
    return resultOf("already", tip);
  }
  throw new Refused({
    code: "claim-lost",
    did: "nothing",
    reason: `the branch ${effect.branch} stands at ${tip.sha}, which is neither where it was nor the verified commit`,
  });
}

function resultOf(outcome: "done" | "already", commit: CommitAnswer): ResultOf<"publish-commit"> {
  return { outcome, sha: commit.sha, tree: commit.tree.sha };
}

/** Text travels inline; other bytes need a blob first. Both are named by content, so repeating them is harmless. */
async function treeEntry(
  client: Client,
  file: ChangedFile,
): Promise<Readonly<Record<string, unknown>>> {
  if ("deleted" in file) return { path: file.path, mode: "100644", type: "blob", sha: null };
  const entry = { path: file.path, mode: file.mode, type: "blob" };
  if (file.encoding === "utf-8") return { ...entry, content: file.content };
  const blob = await client.ask(ObjectAnswer, "POST /git/blobs", {
    content: file.content,
    encoding: "base64",
  });
  return { ...entry, sha: blob.sha };
}
