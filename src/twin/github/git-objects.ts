import { z } from "zod";
import {
  type Answer,
  created,
  identified,
  ok,
  parameter,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { readCommit } from "./commit-objects.ts";
import { git, resolveRevision, tryGit, writeCommit } from "./git.ts";
import { isWorkflowFile } from "./merges.ts";
import { notFound, unprocessable, workflowFileRefusal } from "./refusals.ts";
import { renderGitCommit } from "./render-git.ts";
import { apiAddress, nodeId } from "./render-repository.ts";
import { commitIdentity, GITHUB_COMMITTER, timestamp } from "./state.ts";

const newBlob = z.object({ content: z.string(), encoding: z.enum(["utf-8", "base64"]).optional() });
const treeEntry = z.object({
  path: z.string(),
  mode: z.enum(["100644", "100755", "040000", "160000", "120000"]).optional(),
  type: z.enum(["blob", "tree", "commit"]).optional(),
  sha: z.string().nullable().optional(),
  content: z.string().optional(),
});
type TreeEntry = z.infer<typeof treeEntry>;
const newTree = z.object({ base_tree: z.string().optional(), tree: z.array(treeEntry) });
const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const newCommit = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).optional(),
  author: person.optional(),
  committer: person.optional(),
  signature: z.string().optional(),
});

async function writeBlob(request: RepositoryRequest, bytes: Buffer): Promise<string> {
  return git(request.repository.gitDirectory, ["hash-object", "-w", "--stdin"], { input: bytes });
}

async function createBlob(request: RepositoryRequest): Promise<Answer> {
  const { content, encoding } = parseBody(request, newBlob);
  const sha = await writeBlob(
    request,
    Buffer.from(content, encoding === "base64" ? "base64" : "utf8"),
  );
  return created({ sha, url: `${apiAddress(request.twin, request.repository)}/git/blobs/${sha}` });
}

async function getBlob(request: RepositoryRequest): Promise<Answer> {
  const sha = parameter(request, "file_sha");
  const found = await tryGit(request.repository.gitDirectory, ["cat-file", "blob", sha]);
  if (!/^[0-9a-f]{40}$/.test(sha) || found.code !== 0) throw notFound();
  return ok({
    sha,
    node_id: nodeId("B", sha),
    size: found.stdout.length,
    url: `${apiAddress(request.twin, request.repository)}/git/blobs/${sha}`,
    content: `${found.stdout.toString("base64")}\n`,
    encoding: "base64",
  });
}

/** One line of `ls-tree -l -z`. */
function parseTreeLine(line: string) {
  const [facts = "", path = ""] = line.split("\t", 2);
  const [mode = "", type = "", sha = "", size = ""] = facts.split(/ +/);
  return { path, mode, type, sha, ...(size === "-" ? {} : { size: Number(size) }) };
}

/** GitHub lists at most 100,000 entries of a tree and says `truncated` beyond. */
const MOST_ENTRIES = 100_000;

async function renderTree(request: RepositoryRequest, sha: string, recursive: boolean) {
  const { gitDirectory } = request.repository;
  const flags = recursive ? ["-r", "-t"] : [];
  const output = await git(gitDirectory, ["ls-tree", "-l", "-z", "--full-tree", ...flags, sha]);
  const lines = output.split("\0").filter((line) => line !== "");
  const url = apiAddress(request.twin, request.repository);
  const tree = lines.slice(0, MOST_ENTRIES).map((line) => {
    const entry = parseTreeLine(line);
    const kind = entry.type === "tree" ? "trees" : "blobs";
    return entry.type === "commit" ? entry : { ...entry, url: `${url}/git/${kind}/${entry.sha}` };
  });
  return { sha, url: `${url}/git/trees/${sha}`, tree, truncated: lines.length > MOST_ENTRIES };
}

async function getTree(request: RepositoryRequest): Promise<Answer> {
  const { gitDirectory } = request.repository;
  const sha = await resolveRevision(gitDirectory, parameter(request, "tree_sha"), "tree");
  if (sha === undefined) throw notFound();
  return ok(await renderTree(request, sha, request.query.has("recursive")));
}

function refuseEntry(entry: TreeEntry): void {
  const segments = entry.path.split("/");
  if (segments.some((segment) => ["", ".", "..", ".git"].includes(segment.toLowerCase()))) {
    throw unprocessable("tree.path contains a malformed path component");
  }
  if (entry.sha === null) return;
  if (entry.mode === undefined) throw unprocessable("Must supply a valid tree.mode");
  if (entry.sha === undefined && entry.content === undefined) {
    throw unprocessable("Must supply either tree.sha or tree.content");
  }
}

/** A line of `update-index --index-info`; an empty mode removes the path. */
async function indexLine(request: RepositoryRequest, entry: TreeEntry): Promise<string> {
  if (entry.sha === null) return `0 ${"0".repeat(40)}\t${entry.path}`;
  const sha = entry.sha ?? (await writeBlob(request, Buffer.from(entry.content ?? "", "utf8")));
  const { code } = await tryGit(request.repository.gitDirectory, ["cat-file", "-e", sha]);
  if (code !== 0 && entry.mode !== "160000") {
    throw unprocessable(`tree.sha ${sha} is not a valid ${entry.type ?? "blob"}`);
  }
  return `${entry.mode} ${sha}\t${entry.path}`;
}

async function createTree(request: RepositoryRequest): Promise<Answer> {
  const body = parseBody(request, newTree);
  if (body.tree.length === 0) throw unprocessable("Invalid tree info");
  for (const entry of body.tree) refuseEntry(entry);
  const workflow = body.tree.find(({ path }) => isWorkflowFile(path));
  if (workflow !== undefined && request.caller.kind === "job")
    throw workflowFileRefusal(workflow.path);
  const { gitDirectory } = request.repository;
  const environment = { GIT_INDEX_FILE: `${gitDirectory}/twin-index` };
  await git(gitDirectory, ["read-tree", "--empty"], { environment });
  if (body.base_tree !== undefined) {
    const base = await resolveRevision(gitDirectory, body.base_tree, "tree");
    if (base === undefined) throw unprocessable(`base_tree ${body.base_tree} is not a valid tree`);
    await git(gitDirectory, ["read-tree", base], { environment });
  }
  const lines: string[] = [];
  for (const entry of body.tree) lines.push(await indexLine(request, entry));
  const input = `${lines.join("\0")}\0`;
  const placed = await tryGit(gitDirectory, ["update-index", "-z", "--index-info"], {
    environment,
    input,
  });
  if (placed.code !== 0) throw unprocessable("GitRPC::BadObjectState");
  const sha = await git(gitDirectory, ["write-tree"], { environment });
  return created(await renderTree(request, sha, false));
}

type NewCommit = z.infer<typeof newCommit>;

async function assertParents(
  request: RepositoryRequest,
  parents: readonly string[],
): Promise<void> {
  for (const parent of parents) {
    if ((await resolveRevision(request.repository.gitDirectory, parent)) !== parent) {
      throw unprocessable("Parent SHA does not exist or is not a commit object");
    }
  }
}

/** Author and committer: those given, or the account with GitHub as committer. */
function identitiesOf(request: RepositoryRequest, body: NewCommit) {
  const date = timestamp(request.twin);
  const given = body.author ?? commitIdentity(identified(request).account);
  const author = { ...given, date: body.author?.date ?? date };
  const named = body.author === undefined ? GITHUB_COMMITTER : author;
  const committer = body.committer ?? named;
  return { author, committer: { ...committer, date: body.committer?.date ?? date } };
}

async function createCommit(request: RepositoryRequest): Promise<Answer> {
  const body = parseBody(request, newCommit);
  const { repository, twin } = request;
  const { gitDirectory } = repository;
  const tree = await resolveRevision(gitDirectory, body.tree, "tree");
  if (tree === undefined) throw unprocessable("Tree SHA does not exist");
  const parents = body.parents ?? [];
  await assertParents(request, parents);
  const sha = await writeCommit(gitDirectory, {
    tree,
    parents,
    ...identitiesOf(request, body),
    message: body.message,
  });
  // Verified when a bot gives no author, committer or signature of its own.
  // Source: docs.github.com, about-commit-signature-verification#signature-verification-for-bots
  const bare = body.author === undefined && body.committer === undefined;
  if (bare && identified(request).account.type === "Bot") repository.verifiedCommits.add(sha);
  const commit = await readCommit(gitDirectory, sha);
  if (commit === undefined) throw unprocessable("the commit that was written cannot be read");
  return created(renderGitCommit(twin, repository, commit));
}

async function getCommit(request: RepositoryRequest): Promise<Answer> {
  const sha = parameter(request, "commit_sha");
  const commit = /^[0-9a-f]{40}$/.test(sha)
    ? await readCommit(request.repository.gitDirectory, sha)
    : undefined;
  if (commit === undefined) throw notFound();
  return ok(renderGitCommit(request.twin, request.repository, commit));
}

export const gitObjectRoutes = {
  "POST /repos/{owner}/{repo}/git/blobs": createBlob,
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": getBlob,
  "POST /repos/{owner}/{repo}/git/trees": createTree,
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": getTree,
  "POST /repos/{owner}/{repo}/git/commits": createCommit,
  "GET /repos/{owner}/{repo}/git/commits/{commit_sha}": getCommit,
} as const satisfies RepositoryRoutes;
