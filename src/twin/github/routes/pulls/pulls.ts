import { z } from "zod";
import { fileChanges } from "../../git/diff.ts";
import { placeRef } from "../../git/move-ref.ts";
import { branchTip } from "../../git/read-refs.ts";
import { renderFile } from "../../render/git.ts";
import { forkPoint, holderOf, renderPull, renderSimplePull } from "../../render/pull.ts";
import { assertBody, assertTitle } from "../../state/issue-bounds.ts";
import { changeOf } from "../../state/issue-changes.ts";
import { closeIssue, reopenIssue } from "../../state/issue-closing.ts";
import { isPullRequest, type PullRequestState } from "../../state/issue-state.ts";
import {
  type Answer,
  actsAs,
  findPull,
  identified,
  ok,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "../api.ts";
import { matchesState, sortIssues } from "../issue-lists.ts";
import { rewriteText } from "../issues.ts";
import { paged } from "../paging.ts";
import { ApiRefusal, forbidden, unprocessable, validationFailed } from "../refusals.ts";
import { createPull, headOf } from "./open-pull.ts";

const update = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  base: z.string().optional(),
});

/** GitHub answers 422 if it cannot be undone: for a merged pull request, or one without its branch. */
async function reopenPull(request: RepositoryRequest, pull: PullRequestState): Promise<void> {
  const resource = "PullRequest";
  const holder = holderOf(request.twin, request.repository, pull);
  const tip = await branchTip(holder.gitDirectory, pull.pull.headBranch);
  if (pull.pull.mergedAt !== null || tip === undefined) {
    const message = "state cannot be changed. The pull request cannot be reopened.";
    throw validationFailed({ resource, code: "custom", field: "state", message });
  }
  pull.pull.headSha = tip;
  const head = `refs/pull/${pull.number}/head`;
  await placeRef(request.repository.gitDirectory, head, tip);
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
  // GitHub reads `head` only as "owner:branch" and lists everything without an owner.
  const head = query.get("head")?.includes(":") ? query.get("head") : null;
  const base = query.get("base");
  const found = [...repository.issues.values()]
    .filter(isPullRequest)
    .filter(
      (pull) =>
        matchesState(pull, query) &&
        isListed(request, pull) &&
        (head === null || isHead(headOf(request, head), pull)) &&
        (base === null || base === pull.pull.baseBranch),
    );
  return paged(request, sortIssues(found, query), (pull) =>
    renderSimplePull(twin, repository, pull),
  );
}

function isListed({ caller, twin }: RepositoryRequest, { createdAt }: PullRequestState): boolean {
  return !("grant" in caller) || twin.sky.isListed(createdAt, twin.now());
}

/** Pull requests that brought a commit. GitHub also lists those whose branch contains it, which nobody needs here. */
function listPullsOfCommit(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const commit = parameter(request, "commit_sha");
  const found = [...repository.issues.values()]
    .filter(isPullRequest)
    .filter(({ pull }) => pull.mergeCommitSha === commit || pull.headSha === commit);
  return paged(request, found, (pull) => renderSimplePull(twin, repository, pull));
}

function isHead(head: ReturnType<typeof headOf>, { pull }: PullRequestState): boolean {
  return head?.branch === pull.headBranch && head.fork?.fullName === pull.headRepository;
}

async function listFiles(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const pull = findPull(request);
  const from = await forkPoint(repository, pull);
  const head = pull.pull.headSha;
  const changes = await fileChanges(repository.gitDirectory, from, head);
  return paged(request, changes, (change) => renderFile(twin, repository, { change, head }));
}

/** The answer to a job while GitHub has not tried the merge. */
function mergeabilityFor(request: RepositoryRequest) {
  const { caller, parameters, twin } = request;
  const isHidden = "grant" in caller && !twin.sky.isMergeableKnown(parameters.pull_number ?? "");
  return isHidden && findPull(request).state === "open"
    ? { mergeable: null, rebaseable: null, mergeable_state: "unknown" }
    : {};
}

export function assertOpen(pull: PullRequestState): void {
  if (pull.state === "open") return;
  throw new ApiRefusal(405, "Pull Request is not mergeable");
}

export const pullRoutes = {
  "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": listPullsOfCommit,
  "GET /repos/{owner}/{repo}/pulls": listPulls,
  "POST /repos/{owner}/{repo}/pulls": createPull,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": async (request) =>
    ok({
      ...(await renderPull(request.twin, request.repository, findPull(request))),
      ...mergeabilityFor(request),
    }),
  "PATCH /repos/{owner}/{repo}/pulls/{pull_number}": updatePull,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": listFiles,
} as const satisfies RepositoryRoutes;
