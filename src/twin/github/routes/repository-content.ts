import { readCommit, readCommits } from "../git/commit-objects.ts";
import { fileChanges } from "../git/diff.ts";
import { tryGit } from "../git/git.ts";
import { commitsBetween, mergeBase } from "../git/history.ts";
import { hasCommits, resolveRevision } from "../git/read-refs.ts";
import { apiAddress, webAddress } from "../render/addresses.ts";
import { renderCommit, renderFile } from "../render/git.ts";
import {
  type Answer,
  ok,
  parameter,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { getContents } from "./contents.ts";
import { emptyRepository, notFound, unprocessable } from "./refusals.ts";

/** The id of an empty tree, which git knows without writing it. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

async function getCommit(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const ref = parameter(request, "ref");
  const sha = await resolveRevision(repository.gitDirectory, ref);
  const commit = sha === undefined ? undefined : await readCommit(repository.gitDirectory, sha);
  if (sha === undefined || commit === undefined) {
    if (!(await hasCommits(repository.gitDirectory))) throw emptyRepository();
    throw unprocessable(`No commit found for SHA: ${ref}`);
  }
  const parent = commit.parents[0] ?? EMPTY_TREE;
  const changes = await fileChanges(repository.gitDirectory, parent, sha);
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return ok({
    ...renderCommit(twin, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: changes.map((change) => renderFile(twin, repository, { change, head: sha })),
  });
}

/** Newest first, of one path if named. */
async function listCommits(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin, query } = request;
  const { gitDirectory, defaultBranch } = repository;
  const from = query.get("sha") ?? `heads/${defaultBranch}`;
  const sha = await resolveRevision(gitDirectory, from);
  if (sha === undefined) throw notFound();
  const path = query.get("path");
  const most = String(Math.min(100, Number(query.get("per_page") ?? 30)));
  const of = path === null ? [] : [path];
  const listed = await tryGit(gitDirectory, [
    ...["--literal-pathspecs", "rev-list", "--max-count", most],
    ...[sha, "--", ...of],
  ]);
  const ids = listed.stdout.toString("utf8").split("\n").filter(Boolean);
  const commits = await readCommits(gitDirectory, ids);
  return ok(commits.map((commit) => renderCommit(twin, repository, commit)));
}

async function compare(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const { gitDirectory } = repository;
  const [from, to] = parameter(request, "basehead").split("...", 2);
  const base = await resolveRevision(gitDirectory, from ?? "");
  const head = await resolveRevision(gitDirectory, to ?? "");
  if (base === undefined || head === undefined) throw notFound();
  const origin = await mergeBase(gitDirectory, base, head);
  if (origin === undefined) throw notFound("No common ancestor between the two commits.");
  const ahead = await commitsBetween(gitDirectory, base, head);
  const behind = await commitsBetween(gitDirectory, head, base);
  const [ends] = await Promise.all([readCommits(gitDirectory, [base, origin])]);
  const changes = await fileChanges(gitDirectory, origin, head);
  const commits = await readCommits(gitDirectory, ahead);
  const url = `${apiAddress(twin, repository)}/compare/${base}...${head}`;
  const web = `${webAddress(twin, repository)}/compare/${base}...${head}`;
  return ok({
    url,
    html_url: web,
    permalink_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    base_commit: ends[0] && renderCommit(twin, repository, ends[0]),
    merge_base_commit: ends[1] && renderCommit(twin, repository, ends[1]),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: commits.length,
    commits: commits.map((commit) => renderCommit(twin, repository, commit)),
    files: changes.map((change) => renderFile(twin, repository, { change, head })),
  });
}

function statusOf(ahead: number, behind: number): "ahead" | "behind" | "diverged" | "identical" {
  if (ahead > 0) return behind > 0 ? "diverged" : "ahead";
  return behind > 0 ? "behind" : "identical";
}

export const contentRoutes = {
  "GET /repos/{owner}/{repo}/commits": listCommits,
  "GET /repos/{owner}/{repo}/commits/{ref}": getCommit,
  "GET /repos/{owner}/{repo}/compare/{basehead}": compare,
  "GET /repos/{owner}/{repo}/contents/{path}": getContents,
} as const satisfies RepositoryRoutes;
