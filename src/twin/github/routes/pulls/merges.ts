import { z } from "zod";
import { fileChanges } from "../../git/diff.ts";
import { type MergeMethod, makeMerge } from "../../git/make-merge.ts";
import { moveRef } from "../../git/move-ref.ts";
import { branchTip } from "../../git/read-refs.ts";
import { markMerged, settleRefChanges } from "../../git/ref-changes.ts";
import { forkPoint } from "../../render/pull.ts";
import { mayBringWorkflows } from "../../state/access.ts";
import { changeOf } from "../../state/issue-changes.ts";
import type { PullRequestState } from "../../state/issue-state.ts";
import {
  type Answer,
  findPull,
  ok,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "../api.ts";
import { ApiRefusal, workflowFileRefusal } from "../refusals.ts";
import { assertOpen } from "./pulls.ts";

const mergeBody = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(["merge", "squash", "rebase"]).optional(),
});

/** A merge may not bring workflow files into a branch either. */
async function assertNoWorkflowFile(
  request: RepositoryRequest,
  pull: PullRequestState,
): Promise<void> {
  if (mayBringWorkflows(request.caller)) return;
  const from = await forkPoint(request.repository, pull);
  const files = await fileChanges(request.repository.gitDirectory, from, pull.pull.headSha);
  const workflow = files.find(
    (file) => isWorkflowFile(file.path) || isWorkflowFile(file.previousPath ?? ""),
  );
  if (workflow !== undefined) throw workflowFileRefusal(workflow.path);
}

export function isWorkflowFile(path: string): boolean {
  return path.startsWith(".github/workflows/");
}

function notMergeable(): ApiRefusal {
  return new ApiRefusal(405, "Pull Request is not mergeable");
}

interface Wanted {
  readonly method: MergeMethod;
  readonly title: string | undefined;
  readonly message: string | undefined;
}

/** Makes the merge and moves the base branch, unless somebody moved it meanwhile. */
async function moveBase(
  request: RepositoryRequest,
  pull: PullRequestState,
  wanted: Wanted,
): Promise<{ base: string; commit: string }> {
  const { repository, twin } = request;
  const base = await branchTip(repository.gitDirectory, pull.pull.baseBranch);
  if (base === undefined) throw notMergeable();
  const { account } = changeOf(request).caller;
  const { message, method, title } = wanted;
  const commit = await makeMerge(method, { twin, repository, pull, account, base, title, message });
  if (commit === undefined) throw notMergeable();
  const ref = `refs/heads/${pull.pull.baseBranch}`;
  if (!(await moveRef(repository.gitDirectory, { ref, after: commit, before: base }))) {
    throw new ApiRefusal(405, "Base branch was modified. Review and try the merge again.");
  }
  // GitHub signs its own commits; copies of a rebase keep their authors and have no signature.
  if (method !== "rebase") repository.verifiedCommits.add(commit);
  return { base, commit };
}

async function mergePull(request: RepositoryRequest): Promise<Answer> {
  const pull = findPull(request);
  const body = parseBody(request, mergeBody);
  assertOpen(pull);
  if (pull.pull.draft) throw new ApiRefusal(405, "Pull Request is still a draft");
  if (body.sha !== undefined && body.sha !== pull.pull.headSha) {
    throw new ApiRefusal(409, "Head branch was modified. Review and try the merge again.");
  }
  await assertNoWorkflowFile(request, pull);
  const { base, commit } = await moveBase(request, pull, {
    method: body.merge_method ?? "merge",
    title: body.commit_title,
    message: body.commit_message,
  });
  const change = changeOf(request);
  await markMerged(change, pull, commit);
  const ref = `refs/heads/${pull.pull.baseBranch}`;
  await settleRefChanges(change, [{ ref, before: base, after: commit }]);
  return ok({ sha: commit, merged: true, message: "Pull Request successfully merged" });
}

export const mergeRoutes = {
  "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge": mergePull,
} as const satisfies RepositoryRoutes;
