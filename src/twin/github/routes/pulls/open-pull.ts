import { z } from "zod";
import { commitsBetween } from "../../git/commit-objects.ts";
import { git, tryGit } from "../../git/git.ts";
import { tryMerge } from "../../git/merge-commits.ts";
import { branchTip } from "../../git/read-refs.ts";
import { renderPull } from "../../render/pull.ts";
import { assertBody, assertTitle } from "../../state/issue-bounds.ts";
import { addIssue, announceIssue, changeOf } from "../../state/issue-changes.ts";
import { isPullRequest, type PullRequestState, type PullState } from "../../state/issue-state.ts";
import { type Answer, created, parseBody, type RepositoryRequest } from "../api.ts";
import { forbidden, validationFailed } from "../refusals.ts";

const creation = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
});

/** A head is "branch" or "owner:branch"; the twin has no forks, so another owner is nobody. */
export function headBranch(request: RepositoryRequest, head: string): string | undefined {
  const [owner, branch] = head.includes(":") ? head.split(":", 2) : [undefined, head];
  const own = owner === undefined || owner === request.repository.owner.login;
  return own ? branch : undefined;
}

function assertMayOpen(request: RepositoryRequest): void {
  if (request.caller.kind !== "job" || request.repository.canApprovePullRequests) return;
  throw forbidden("GitHub Actions is not permitted to create or approve pull requests.");
}

async function openingOf(
  request: RepositoryRequest,
  wanted: { readonly head: string; readonly base: string; readonly draft: boolean },
): Promise<PullState> {
  const { gitDirectory, issues, owner } = request.repository;
  const branch = headBranch(request, wanted.head) ?? "";
  const [headSha, baseSha] = await Promise.all([
    branchTip(gitDirectory, branch),
    branchTip(gitDirectory, wanted.base),
  ]);
  const resource = "PullRequest";
  if (baseSha === undefined) throw validationFailed({ resource, code: "invalid", field: "base" });
  if (headSha === undefined) throw validationFailed({ resource, code: "invalid", field: "head" });
  const twin = [...issues.values()]
    .filter(isPullRequest)
    .find(
      ({ pull, state }) =>
        state === "open" && pull.headBranch === branch && pull.baseBranch === wanted.base,
    );
  if (twin !== undefined) {
    const message = `A pull request already exists for ${owner.login}:${branch}.`;
    throw validationFailed({ resource, code: "custom", message });
  }
  if ((await tryGit(gitDirectory, ["merge-base", baseSha, headSha])).code !== 0) {
    const message = `The ${branch} branch has no history in common with ${wanted.base}`;
    throw validationFailed({ resource, code: "custom", message });
  }
  if ((await commitsBetween(gitDirectory, baseSha, headSha)).length === 0) {
    const message = `No commits between ${wanted.base} and ${branch}`;
    throw validationFailed({ resource, code: "custom", message });
  }
  return {
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
  };
}

/** Opens a pull request as GitHub does, or refuses it in GitHub's words. */
export async function createPull(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  assertMayOpen(request);
  const body = parseBody(request, creation);
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
  await git(repository.gitDirectory, ["update-ref", head, opening.headSha]);
  await tryMerge(twin, repository, pull);
  await announceIssue(change, pull, { action: "opened" });
  return created(await renderPull(twin, repository, pull));
}
