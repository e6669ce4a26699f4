import { dirname, join } from "node:path/posix";
import { treeOf } from "../git/commit-objects.ts";
import { type ListedEntry, listTree } from "../git/objects/list-tree.ts";
import { readBlob } from "../git/objects/loose-objects.ts";
import { resolveRevision } from "../git/read-refs.ts";
import { apiAddress, pathInAddress, webAddress } from "../render/addresses.ts";
import { type Answer, ok, parameter, type RepositoryRequest } from "./api.ts";
import { notFound } from "./refusals.ts";

/** GitHub sends a file's content along up to 1 MB. Source: docs.github.com/en/rest/repos/contents */
const MOST_INLINE_BYTES = 1_048_576;

/** What lies at a path of a commit, or in it where it ends with `/`. */
function entriesOf(
  gitDirectory: string,
  commit: string,
  path: string,
): Promise<readonly ListedEntry[]> {
  return listTree(gitDirectory, treeOf(gitDirectory, commit), { path, hasSizes: true });
}

function kindOf(entry: ListedEntry): "file" | "dir" | "symlink" | "submodule" {
  if (entry.type === "tree") return "dir";
  if (entry.type === "commit") return "submodule";
  return entry.mode === "120000" ? "symlink" : "file";
}

function renderEntry(request: RepositoryRequest, entry: ListedEntry, commit: string) {
  const api = apiAddress(request.twin, request.repository);
  const web = webAddress(request.twin, request.repository);
  const path = pathInAddress(entry.path);
  const self = `${api}/contents/${path}?ref=${commit}`;
  const object = `${api}/git/${entry.type === "tree" ? "trees" : "blobs"}/${entry.sha}`;
  const page = `${web}/${entry.type === "tree" ? "tree" : "blob"}/${commit}/${path}`;
  return {
    type: kindOf(entry),
    name: entry.path.split("/").at(-1) ?? entry.path,
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    git_url: object,
    html_url: page,
    download_url: entry.type === "blob" ? `${web}/raw/${commit}/${path}` : null,
    _links: { self, git: object, html: page },
  };
}

async function bytesOf(request: RepositoryRequest, entry: ListedEntry): Promise<Buffer> {
  return (await readBlob(request.repository.gitDirectory, entry.sha)) ?? Buffer.alloc(0);
}

async function listDirectory(
  request: RepositoryRequest,
  entry: ListedEntry,
  commit: string,
): Promise<Answer> {
  const inside = await entriesOf(request.repository.gitDirectory, commit, `${entry.path}/`);
  return ok(inside.map((each) => renderEntry(request, each, commit)));
}

/** A link to a file of the repository answers as that file; any other link returns its target. */
async function followLink(
  request: RepositoryRequest,
  entry: ListedEntry,
  commit: string,
): Promise<Answer> {
  const target = (await bytesOf(request, entry)).toString("utf8");
  const path = join(dirname(entry.path), target);
  const inside = !target.startsWith("/") && path !== ".." && !path.startsWith("../");
  const [found] = inside ? await entriesOf(request.repository.gitDirectory, commit, path) : [];
  if (found !== undefined && kindOf(found) === "file") return sendFile(request, found, commit);
  return ok({ ...renderEntry(request, entry, commit), target });
}

async function sendFile(
  request: RepositoryRequest,
  entry: ListedEntry,
  commit: string,
): Promise<Answer> {
  const bytes = await bytesOf(request, entry);
  if (request.accept.includes("raw")) {
    return { status: 200, bytes, headers: { "content-type": "application/vnd.github.raw+json" } };
  }
  const rendered = renderEntry(request, entry, commit);
  if (bytes.length > MOST_INLINE_BYTES) return ok({ ...rendered, content: "", encoding: "none" });
  const content = bytes.toString("base64").replaceAll(/.{1,60}/g, "$&\n");
  return ok({ ...rendered, content, encoding: "base64" });
}

/** The file, directory, link or submodule at a path of a commit. */
export async function getContents(request: RepositoryRequest): Promise<Answer> {
  const { gitDirectory, defaultBranch } = request.repository;
  const revision = request.query.get("ref") ?? `refs/heads/${defaultBranch}`;
  const commit = await resolveRevision(gitDirectory, revision);
  if (commit === undefined) throw notFound(`No commit found for the ref ${revision}`);
  const path = parameter(request, "path").replace(/\/+$/, "");
  const [entry] = await entriesOf(gitDirectory, commit, path);
  if (entry === undefined) throw notFound();
  switch (kindOf(entry)) {
    case "dir":
      return listDirectory(request, entry, commit);
    case "symlink":
      return followLink(request, entry, commit);
    case "submodule":
      throw notFound(`${path} is a submodule; the twin does not know where its commits live.`);
    case "file":
      return sendFile(request, entry, commit);
  }
}
