import { z } from "zod";
import { bringHead } from "../../git/bring-head.ts";
import { commitsBetween, mergeBase } from "../../git/history.ts";
import { tryMerge } from "../../git/merge-commits.ts";
import { placeRef } from "../../git/move-ref.ts";
import { branchTip } from "../../git/read-refs.ts";
import { renderPull } from "../../render/pull.ts";
import { assertBody, assertTitle } from "../../state/issue-bounds.ts";
import { addIssue, announceIssue, changeOf } from "../../state/issue-changes.ts";
import { isPullRequest, type PullRequestState, type PullState } from "../../state/issue-state.ts";
import type { RepositoryState } from "../../state/state.ts";
import {
  type Answer,
  actsAs,
  created,
  identified,
  parseBody,
  type RepositoryRequest,
} from "../api.ts";
import { forbidden, validationFailed } from "../refusals.ts";

const creation = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
});

/** The place of a head: this repository, or another owner's fork of it. */
interface Head {
  readonly branch: string;
  readonly fork?: RepositoryState;
}

/** A head is "branch" or "owner:branch"; an owner without a fork has none. */
export function headOf({ repository, twin }: RepositoryRequest, head: string): Head | undefined {
  const [owner, branch = ""] = head.includes(":") ? head.split(":", 2) : [undefined, head];
  if (owner === undefined || owner === repository.owner.login) return { branch };
  const fork = [...twin.repositories.values()].find(
    (one) => one.parent === repository && one.owner.login === owner,
  );
  return fork === undefined ? undefined : { branch, fork };
}

/** People who may write the head may open it: in the repository itself, or in their own fork. */
function assertMayOpen(request: RepositoryRequest, head: string): void {
  const fork = headOf(request, head)?.fork;
  const own =
    fork === undefined
      ? actsAs(request, "write")
      : fork.owner.id === identified(request).account.id;
  if (!own) throw forbidden("Must have push access to repository.");
  if (request.caller.kind !== "job" || request.repository.canApprovePullRequests) return;
  throw forbidden("GitHub Actions is not permitted to create or approve pull requests.");
}

async function openingOf(
  request: RepositoryRequest,
  wanted: { readonly head: string; readonly base: string; readonly draft: boolean },
): Promise<PullState> {
  const { gitDirectory, issues, owner } = request.repository;
  const { branch, fork } = headOf(request, wanted.head) ?? { branch: "" };
  const [headSha, baseSha] = await Promise.all([
    branchTip(fork?.gitDirectory ?? gitDirectory, branch),
    branchTip(gitDirectory, wanted.base),
  ]);
  const resource = "PullRequest";
  if (baseSha === undefined) throw validationFailed({ resource, code: "invalid", field: "base" });
  if (headSha === undefined) throw validationFailed({ resource, code: "invalid", field: "head" });
  const twin = [...issues.values()]
    .filter(isPullRequest)
    .find(
      ({ pull, state }) =>
        state === "open" &&
        pull.headRepository === fork?.fullName &&
        pull.headBranch === branch &&
        pull.baseBranch === wanted.base,
    );
  if (twin !== undefined) {
    const message = `A pull request already exists for ${owner.login}:${branch}.`;
    throw validationFailed({ resource, code: "custom", message });
  }
  if (fork !== undefined) await bringHead(gitDirectory, fork, branch);
  if ((await mergeBase(gitDirectory, baseSha, headSha)) === undefined) {
    const message = `The ${branch} branch has no history in common with ${wanted.base}`;
    throw validationFailed({ resource, code: "custom", message });
  }
  if ((await commitsBetween(gitDirectory, baseSha, headSha)).length === 0) {
    const message = `No commits between ${wanted.base} and ${branch}`;
    throw validationFailed({ resource, code: "custom", message });
  }
  return {
    ...(fork === undefined ? {} : { headRepository: fork.fullName }),
    headBranch: branch,
    baseBranch: wanted.base,
    headSha,
    baseSha,
    draft: wanted.draft,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    testMerge: undefined,
    reviews: [],
    requestedReviewers: [],
    reviewComments: [],
  };
}

/** Opens a pull request as GitHub does, or refuses it in GitHub's words. */
export async function createPull(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const body = parseBody(request, creation);
  assertMayOpen(request, body.head);
  assertTitle("PullRequest", body.title);
  assertBody("PullRequest", body.body);
  const opening = await openingOf(request, { ...body, draft: body.draft ?? false });
  const change = changeOf(request);
  const issue = addIssue(twin, repository, {
    author: change.caller.account,
    title: body.title,
    body: body.body ?? null,
    pull: opening,
  });
  const pull: PullRequestState = { ...issue, pull: opening };
  repository.issues.set(pull.number, pull);
  const head = `refs/pull/${pull.number}/head`;
  await placeRef(repository.gitDirectory, head, opening.headSha);
  await tryMerge(twin, repository, pull);
  await announceIssue(change, pull, { action: "opened" });
  return created(await renderPull(twin, repository, pull));
}
