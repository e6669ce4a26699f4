import {
  type Answer,
  ok,
  parameter,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { commitsBetween, readCommit, readCommits } from "./commit-objects.ts";
import { fileChanges } from "./diff.ts";
import { git, resolveRevision, tryGit } from "./git.ts";
import { notFound } from "./refusals.ts";
import { renderCommit, renderFile } from "./render-git.ts";
import { apiAddress, webAddress } from "./render-repository.ts";

async function getCommit(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const sha = await resolveRevision(repository.gitDirectory, parameter(request, "ref"));
  const commit = sha === undefined ? undefined : await readCommit(repository.gitDirectory, sha);
  if (sha === undefined || commit === undefined) throw notFound();
  const parent = commit.parents[0] ?? (await emptyTree(request));
  const changes = await fileChanges(repository.gitDirectory, parent, sha);
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return ok({
    ...renderCommit(twin, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: changes.map((change) => renderFile(twin, repository, { change, head: sha })),
  });
}

function emptyTree(request: RepositoryRequest): Promise<string> {
  return git(request.repository.gitDirectory, ["hash-object", "-t", "tree", "-w", "--stdin"]);
}

async function compare(request: RepositoryRequest): Promise<Answer> {
  const { repository, twin } = request;
  const { gitDirectory } = repository;
  const [from, to] = parameter(request, "basehead").split("...", 2);
  const base = await resolveRevision(gitDirectory, from ?? "");
  const head = await resolveRevision(gitDirectory, to ?? "");
  if (base === undefined || head === undefined) throw notFound();
  const common = await tryGit(gitDirectory, ["merge-base", base, head]);
  if (common.code !== 0) throw notFound("No common ancestor between the two commits.");
  const origin = common.stdout.toString("utf8").trim();
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

interface Entry {
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size: number;
  readonly path: string;
}

function parseEntry(line: string): Entry {
  const [facts = "", path = ""] = line.split("\t", 2);
  const [mode = "", type = "", sha = "", size = "0"] = facts.split(/ +/);
  return { mode, type, sha, size: Number(size) || 0, path };
}

function kindOf(entry: Entry): "file" | "dir" | "symlink" | "submodule" {
  if (entry.type === "tree") return "dir";
  if (entry.type === "commit") return "submodule";
  return entry.mode === "120000" ? "symlink" : "file";
}

function renderEntry(request: RepositoryRequest, entry: Entry, commit: string) {
  const api = apiAddress(request.twin, request.repository);
  const web = webAddress(request.twin, request.repository);
  const path = encodeURI(entry.path);
  const self = `${api}/contents/${path}?ref=${commit}`;
  const object = `${api}/git/${entry.type === "tree" ? "trees" : "blobs"}/${entry.sha}`;
  const page = `${web}/${entry.type === "tree" ? "tree" : "blob"}/${commit}/${path}`;
  return {
    type: kindOf(entry),
    name: entry.path.split("/").at(-1) ?? entry.path,
    path: entry.path,
    sha: entry.sha,
    size: entry.size,
    url: self,
    git_url: object,
    html_url: page,
    download_url: entry.type === "blob" ? `${web}/raw/${commit}/${path}` : null,
    _links: { self, git: object, html: page },
  };
}

async function getContents(request: RepositoryRequest): Promise<Answer> {
  const { gitDirectory, defaultBranch } = request.repository;
  const revision = request.query.get("ref") ?? `refs/heads/${defaultBranch}`;
  const commit = await resolveRevision(gitDirectory, revision);
  if (commit === undefined) throw notFound(`No commit found for the ref ${revision}`);
  const path = parameter(request, "path").replace(/\/+$/, "");
  const listing = await git(gitDirectory, [
    "ls-tree",
    "-l",
    "-z",
    "--full-tree",
    commit,
    "--",
    path,
  ]);
  const [line] = listing.split("\0").filter((each) => each !== "");
  if (line === undefined) throw notFound();
  const entry = parseEntry(line);
  if (entry.type === "tree") {
    const inside = await git(gitDirectory, ["ls-tree", "-l", "-z", `${commit}:${path}`]);
    const entries = inside
      .split("\0")
      .filter((each) => each !== "")
      .map(parseEntry);
    return ok(
      entries.map((each) =>
        renderEntry(request, { ...each, path: `${path}/${each.path}` }, commit),
      ),
    );
  }
  const { stdout } = await tryGit(gitDirectory, ["cat-file", "blob", entry.sha]);
  if (request.accept.includes("raw")) {
    return {
      status: 200,
      bytes: stdout,
      headers: { "content-type": "application/vnd.github.raw+json" },
    };
  }
  const content = stdout.toString("base64").replace(/.{60}/g, "$&\n");
  return ok({
    ...renderEntry(request, entry, commit),
    content: `${content}\n`,
    encoding: "base64",
  });
}

export const contentRoutes = {
  "GET /repos/{owner}/{repo}/commits/{ref}": getCommit,
  "GET /repos/{owner}/{repo}/compare/{basehead}": compare,
  "GET /repos/{owner}/{repo}/contents/{path}": getContents,
} as const satisfies RepositoryRoutes;
