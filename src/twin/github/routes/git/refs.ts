import { z } from "zod";
import { knownCommit } from "../../git/commit-objects.ts";
import { fileChanges } from "../../git/diff.ts";
import { isAncestor, mergeBase } from "../../git/history.ts";
import { isRefName, moveRef } from "../../git/move-ref.ts";
import { kindOfObject } from "../../git/objects/loose-objects.ts";
import { listRefs, refTip, resolveRevision } from "../../git/read-refs.ts";
import { type RefChange, settleRefChanges } from "../../git/ref-changes.ts";
import { nodeId } from "../../render/account.ts";
import { apiAddress } from "../../render/addresses.ts";
import { mayBringWorkflows } from "../../state/access.ts";
import { changeOf } from "../../state/issue-changes.ts";
import {
  type Answer,
  created,
  NO_CONTENT,
  ok,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "../api.ts";
import { isWorkflowFile } from "../pulls/merges.ts";
import { notFound, unprocessable, validationFailed, workflowFileRefusal } from "../refusals.ts";

const newRef = z.object({ ref: z.string(), sha: z.string() });
const movedRef = z.object({ sha: z.string(), force: z.boolean().optional() });

async function renderRef(request: RepositoryRequest, ref: string, sha: string) {
  const { repository, twin } = request;
  // An annotated tag is an object of its own.
  const isCommit = knownCommit(repository.gitDirectory, sha) !== undefined;
  const type = isCommit ? "commit" : await kindOfObject(repository.gitDirectory, sha);
  if (type === undefined) throw new Error(`${ref} stands at ${sha}, which is not there`);
  return {
    ref,
    node_id: nodeId("REF", ref),
    url: `${apiAddress(twin, repository)}/git/${ref}`,
    object: { sha, type, url: `${apiAddress(twin, repository)}/git/${type}s/${sha}` },
  };
}

/** The route's `heads/main` as a whole ref. */
function wholeRef(request: RepositoryRequest): string {
  return `refs/${parameter(request, "ref")}`;
}

async function getRef(request: RepositoryRequest): Promise<Answer> {
  const ref = wholeRef(request);
  const sha = await refTip(request.repository.gitDirectory, ref);
  if (sha === undefined) throw notFound();
  return ok(await renderRef(request, ref, sha));
}

async function matchingRefs(request: RepositoryRequest): Promise<Answer> {
  const refs = [...(await listRefs(request.repository.gitDirectory))];
  const matching = refs.filter(([ref]) => ref.startsWith(wholeRef(request)));
  return ok(await Promise.all(matching.map(([ref, sha]) => renderRef(request, ref, sha))));
}

async function commitGiven(request: RepositoryRequest, sha: string): Promise<string> {
  if (!/^[0-9a-f]{40}$/.test(sha)) {
    throw unprocessable(
      "The sha parameter must be exactly 40 characters and contain only [0-9a-f].",
    );
  }
  const found = await resolveRevision(request.repository.gitDirectory, sha);
  if (found === undefined) throw unprocessable("Object does not exist");
  return found;
}

/**
 * Without the `workflows` permission, a new or moved ref may not bring changes of workflow files. Pushes are judged the
 * same way before they land (workflow-hook.ts).
 */
export async function assertBringsNoWorkflow(
  request: Pick<RepositoryRequest, "caller" | "repository">,
  moved: { readonly before: string | null; readonly after: string },
): Promise<void> {
  if (mayBringWorkflows(request.caller)) return;
  const { defaultBranch, gitDirectory } = request.repository;
  const from = moved.before ?? (await resolveRevision(gitDirectory, `refs/heads/${defaultBranch}`));
  if (from === undefined) return;
  const origin = (await mergeBase(gitDirectory, from, moved.after)) ?? from;
  const files = await fileChanges(gitDirectory, origin, moved.after);
  const workflow = files.find(
    ({ path, previousPath }) => isWorkflowFile(path) || isWorkflowFile(previousPath ?? ""),
  );
  if (workflow !== undefined) throw workflowFileRefusal(workflow.path);
}

/** Moves a ref only if it is unchanged since it was read, then announces it. */
async function moveAndTell(request: RepositoryRequest, change: RefChange): Promise<void> {
  const { gitDirectory } = request.repository;
  if (!(await moveRef(gitDirectory, change))) throw unprocessable("Reference update failed");
  await settleRefChanges(changeOf(request), [change]);
}

async function createRef(request: RepositoryRequest): Promise<Answer> {
  const { ref, sha } = parseBody(request, newRef);
  const isValid = await isRefName(ref);
  if (!/^refs\/(heads|tags)\/./.test(ref) || !isValid) {
    throw validationFailed({ resource: "Reference", code: "invalid", field: "ref", value: ref });
  }
  const after = await commitGiven(request, sha);
  if ((await refTip(request.repository.gitDirectory, ref)) !== undefined) {
    throw unprocessable("Reference already exists");
  }
  await assertBringsNoWorkflow(request, { before: null, after });
  await moveAndTell(request, { ref, before: null, after });
  return created(await renderRef(request, ref, after));
}

async function updateRef(request: RepositoryRequest): Promise<Answer> {
  const { sha, force } = parseBody(request, movedRef);
  const ref = wholeRef(request);
  const { gitDirectory } = request.repository;
  const before = await refTip(gitDirectory, ref);
  if (before === undefined) throw unprocessable("Reference does not exist");
  const after = await commitGiven(request, sha);
  if (force !== true && !(await isAncestor(gitDirectory, before, after))) {
    throw unprocessable("Update is not a fast forward");
  }
  await assertBringsNoWorkflow(request, { before, after });
  if (before !== after) await moveAndTell(request, { ref, before, after });
  return ok(await renderRef(request, ref, after));
}

async function deleteRef(request: RepositoryRequest): Promise<Answer> {
  const ref = wholeRef(request);
  const before = await refTip(request.repository.gitDirectory, ref);
  if (before === undefined) throw unprocessable("Reference does not exist");
  if (ref === `refs/heads/${request.repository.defaultBranch}`) {
    throw unprocessable("Cannot delete the default branch");
  }
  await moveAndTell(request, { ref, before, after: null });
  return NO_CONTENT;
}

export const gitRefRoutes = {
  "GET /repos/{owner}/{repo}/git/ref/{ref}": getRef,
  "GET /repos/{owner}/{repo}/git/matching-refs/{ref}": matchingRefs,
  "POST /repos/{owner}/{repo}/git/refs": createRef,
  "PATCH /repos/{owner}/{repo}/git/refs/{ref}": updateRef,
  "DELETE /repos/{owner}/{repo}/git/refs/{ref}": deleteRef,
} as const satisfies RepositoryRoutes;
