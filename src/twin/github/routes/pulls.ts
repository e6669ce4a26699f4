import { z } from "zod";
import { commitsBetween } from "../git/commit-objects.ts";
import { fileChanges } from "../git/diff.ts";
import { branchTip, git, tryGit } from "../git/git.ts";
import { tryMerge } from "../git/merge-trees.ts";
import { renderFile } from "../render/git.ts";
import { forkPoint, renderPull, renderSimplePull } from "../render/pull.ts";
import {
  addIssue,
  announceIssue,
  assertBody,
  assertTitle,
  changeOf,
  closeIssue,
  reopenIssue,
} from "../state/issue-changes.ts";
import { isPullRequest, type PullRequestState, type PullState } from "../state/state.ts";
import {
  type Answer,
  actsAs,
  created,
  findPull,
  identified,
  ok,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { matchesState, rewriteText, sortIssues } from "./issues.ts";
import { paged } from "./paging.ts";
import { ApiRefusal, forbidden, unprocessable, validationFailed } from "./refusals.ts";

const creation = z.object({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
});
const update = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  base: z.string().optional(),
});

/** A head is "branch" or "owner:branch"; the twin has no forks, so another owner is nobody. */
function headBranch(request: RepositoryRequest, head: string): string | undefined {
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

async function createPull(request: RepositoryRequest): Promise<Answer> {
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

/** GitHub answers 422 to what cannot be undone: a merged pull request, or one whose branch is gone. */
async function reopenPull(request: RepositoryRequest, pull: PullRequestState): Promise<void> {
  const resource = "PullRequest";
  const tip = await branchTip(request.repository.gitDirectory, pull.pull.headBranch);
  if (pull.pull.mergedAt !== null || tip === undefined) {
    const message = "state cannot be changed. The pull request cannot be reopened.";
    throw validationFailed({ resource, code: "custom", field: "state", message });
  }
  pull.pull.headSha = tip;
  const head = `refs/pull/${pull.number}/head`;
  await git(request.repository.gitDirectory, ["update-ref", head, tip]);
  await reopenIssue(changeOf(request), pull);
}

async function updatePull(request: RepositoryRequest): Promise<Answer> {
  const pull = findPull(request);
  const body = parseBody(request, update);
  const own = identified(request).account.id === pull.author.id;
  if (!own && !actsAs(request, "write")) throw forbidden("Must have push access to repository.");
  if (body.title !== undefined) assertTitle("PullRequest", body.title);
  assertBody("PullRequest", body.body);
  if (body.base !== undefined && body.base !== pull.pull.baseBranch) {
    throw unprocessable("The twin does not move a pull request to another base: open a new one.");
  }
  const change = changeOf(request);
  await rewriteText(change, pull, body);
  if (body.state === "closed") await closeIssue(change, pull, { reason: "not_planned" });
  if (body.state === "open" && pull.state === "closed") await reopenPull(request, pull);
  return ok(await renderPull(request.twin, request.repository, pull));
}

function listPulls(request: RepositoryRequest): Promise<Answer> {
  const { query, repository, twin } = request;
  // GitHub reads `head` only as "owner:branch" and lists everything when the owner is left out.
  const head = query.get("head")?.includes(":") ? query.get("head") : null;
  const base = query.get("base");
  const found = [...repository.issues.values()]
    .filter(isPullRequest)
    .filter(
      (pull) =>
        matchesState(pull, query) &&
        (head === null || headBranch(request, head) === pull.pull.headBranch) &&
        (base === null || base === pull.pull.baseBranch),
    );
  return paged(request, sortIssues(found, query), (pull) =>
    renderSimplePull(twin, repository, pull),
  );
}

async function listFiles(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const pull = findPull(request);
  const from = await forkPoint(repository, pull);
  const head = pull.pull.headSha;
  const changes = await fileChanges(repository.gitDirectory, from, head);
  return paged(request, changes, (change) => renderFile(twin, repository, { change, head }));
}

export function assertOpen(pull: PullRequestState): void {
  if (pull.state === "open") return;
  throw new ApiRefusal(405, "Pull Request is not mergeable");
}

export const pullRoutes = {
  "GET /repos/{owner}/{repo}/pulls": listPulls,
  "POST /repos/{owner}/{repo}/pulls": createPull,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": async (request) =>
    ok(await renderPull(request.twin, request.repository, findPull(request))),
  "PATCH /repos/{owner}/{repo}/pulls/{pull_number}": updatePull,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": listFiles,
} as const satisfies RepositoryRoutes;
