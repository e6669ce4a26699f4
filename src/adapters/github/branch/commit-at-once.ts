import { z } from "zod";
import { bytesOf } from "../../../domain/change-set.ts";
import { ObjectId } from "../../../domain/digest.ts";
import type { EffectOf } from "../../../domain/github/effect.ts";
import { makesTree } from "../../../domain/github/tree-with.ts";
import type { CommitAnswer } from "../answers.ts";
import { isLost, requestErrorOf } from "../client/request-error.ts";
import type { Execution } from "../execution.ts";
import type { Memory } from "../memory.ts";

type PublishCommit = EffectOf<"publish-commit">;

/** GitHub documents no limit for the length of a document, so a larger change goes file by file. */
const MOST_BYTES = 1_000_000;

const COMMIT = `mutation Commit($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid tree { oid } parents(first: 2) { nodes { oid } } } }
}`;

const Oid = z.object({ oid: ObjectId });
const Made = z.object({
  createCommitOnBranch: z.object({
    commit: Oid.extend({ tree: Oid, parents: z.object({ nodes: z.array(Oid) }) }),
  }),
});

/**
 * Writes a change as one commit on the head of its branch, in one request. Only if the observed folders show that it
 * makes the verified tree, because GitHub moves the branch before anybody could compare. It accepts the branch only at
 * the base, and writes each file without the executable bit. Undefined if that is uncertain, and if GitHub refused or
 * did not answer: the state is then unknown, and the change is written as git objects.
 */
export async function commitAtOnce(
  { client, memory }: Execution,
  effect: PublishCommit,
): Promise<CommitAnswer | undefined> {
  const input = inputOf(effect, memory);
  if (input === undefined) return undefined;
  try {
    const options = { isRepeatable: false, creates: false };
    const made = Made.safeParse((await client.changeAll(COMMIT, { input }, options)).data);
    if (made.success) {
      const { oid: sha, tree, parents } = made.data.createCommitOnBranch.commit;
      return {
        sha,
        tree: { sha: tree.oid },
        parents: parents.nodes.map(({ oid }) => ({ sha: oid })),
      };
    }
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure === undefined) throw error;
    if (isLost(failure)) await client.wait(client.retryDelayMs);
  }
  memory.doubt();
  return undefined;
}

function inputOf(effect: PublishCommit, memory: Memory): object | undefined {
  const { branch, changeSet, expectedTree, message, parents = [changeSet.base] } = effect;
  const { base, files } = changeSet;
  const [headline = "", blank = "", ...body] = message.split("\n");
  const name = memory.repositoryName();
  const folders = memory.folders(base);
  const isOnBase = parents.join() === base && memory.branch(branch) === base;
  const isShort = files.reduce((sum, file) => sum + bytesOf(file), 0) <= MOST_BYTES;
  if (!isOnBase || !isShort || blank !== "" || name === undefined) return undefined;
  if (folders === undefined || !makesTree(folders, files, expectedTree)) return undefined;
  return {
    // For readers of the request: the resulting tree.
    clientMutationId: expectedTree,
    branch: { repositoryNameWithOwner: name, branchName: branch },
    expectedHeadOid: base,
    message: { headline, body: body.join("\n") },
    fileChanges: {
      additions: files.flatMap((file) =>
        "deleted" in file
          ? []
          : [
              {
                path: file.path,
                contents: Buffer.from(file.content, file.encoding).toString("base64"),
              },
            ],
      ),
      deletions: files.flatMap((file) => ("deleted" in file ? [{ path: file.path }] : [])),
    },
  };
}
