import { z } from "zod";
import { git, tryGit } from "../../git/git.ts";
import { resolveRevision } from "../../git/read-refs.ts";
import { apiAddress } from "../../render/addresses.ts";
import { mayBringWorkflows } from "../../state/access.ts";
import { type Answer, created, ok, parameter, parseBody, type RepositoryRequest } from "../api.ts";
import { isWorkflowFile } from "../pulls/merges.ts";
import { notFound, unprocessable, workflowFileRefusal } from "../refusals.ts";
import { assertNotEmpty, writeBlob } from "./blobs.ts";

const treeEntry = z.object({
  path: z.string(),
  mode: z.enum(["100644", "100755", "040000", "160000", "120000"]).optional(),
  type: z.enum(["blob", "tree", "commit"]).optional(),
  sha: z.string().nullable().optional(),
  content: z.string().optional(),
});

type TreeEntry = z.infer<typeof treeEntry>;

const newTree = z.object({ base_tree: z.string().optional(), tree: z.array(treeEntry) });

/** One line of `ls-tree -l -z`. */
function parseTreeLine(line: string) {
  const tab = line.indexOf("\t");
  const [facts, path] = [line.slice(0, tab), line.slice(tab + 1)];
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

export async function getTree(request: RepositoryRequest): Promise<Answer> {
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
  if (entry.mode === "040000") {
    throw unprocessable("The twin places no whole directories: name the files below it.");
  }
  if (entry.mode === undefined) throw unprocessable("Must supply a valid tree.mode");
  if (entry.sha === undefined && entry.content === undefined) {
    throw unprocessable("Must supply either tree.sha or tree.content");
  }
}

/** Lines of `update-index --index-info`; mode 0 removes a path. */
async function indexLines(index: IndexOfTree, entry: TreeEntry): Promise<string[]> {
  const { request } = index;
  if (entry.sha === null) {
    const gone = index.paths.filter(
      (path) => path === entry.path || path.startsWith(`${entry.path}/`),
    );
    // GitHub's whole answer to the deletion of what is not there.
    if (gone.length === 0) throw unprocessable("GitRPC::BadObjectState");
    return gone.map((path) => `0 ${"0".repeat(40)}\t${path}`);
  }
  const sha = entry.sha ?? (await writeBlob(request, Buffer.from(entry.content ?? "", "utf8")));
  const { code } = await tryGit(request.repository.gitDirectory, ["cat-file", "-e", sha]);
  if (code !== 0 && entry.mode !== "160000") {
    throw unprocessable(`tree.sha ${sha} is not a valid ${entry.type ?? "blob"}`);
  }
  return [`${entry.mode} ${sha}\t${entry.path}`];
}

interface IndexOfTree {
  readonly request: RepositoryRequest;
  readonly environment: Readonly<Record<string, string>>;
  /** What the base tree holds. */
  readonly paths: readonly string[];
}

/** A fresh index with the base tree in it. Writes of a repository come one by one, so one file serves them all. */
async function indexOf(
  request: RepositoryRequest,
  baseTree: string | undefined,
): Promise<IndexOfTree> {
  const { gitDirectory } = request.repository;
  const environment = { GIT_INDEX_FILE: `${gitDirectory}/twin-index` };
  if (baseTree === undefined) {
    await git(gitDirectory, ["read-tree", "--empty"], { environment });
    return { request, environment, paths: [] };
  }
  const base = await resolveRevision(gitDirectory, baseTree, "tree");
  if (base === undefined) throw unprocessable(`base_tree ${baseTree} is not a valid tree`);
  await git(gitDirectory, ["read-tree", base], { environment });
  const listing = await git(gitDirectory, ["ls-tree", "-r", "--name-only", "-z", base]);
  return { request, environment, paths: listing.split("\0").filter((path) => path !== "") };
}

export async function createTree(request: RepositoryRequest): Promise<Answer> {
  const body = parseBody(request, newTree);
  if (body.tree.length === 0) throw unprocessable("Invalid tree info");
  for (const entry of body.tree) refuseEntry(entry);
  const workflow = body.tree.find(({ path }) => isWorkflowFile(path));
  if (workflow !== undefined && !mayBringWorkflows(request.caller))
    throw workflowFileRefusal(workflow.path);
  await assertNotEmpty(request);
  const { gitDirectory } = request.repository;
  const index = await indexOf(request, body.base_tree);
  const { environment } = index;
  const lines: string[] = [];
  for (const entry of body.tree) lines.push(...(await indexLines(index, entry)));
  const input = `${lines.join("\0")}\0`;
  const placed = await tryGit(gitDirectory, ["update-index", "-z", "--index-info"], {
    environment,
    input,
  });
  if (placed.code !== 0) throw unprocessable("GitRPC::BadObjectState");
  const sha = await git(gitDirectory, ["write-tree"], { environment });
  return created(await renderTree(request, sha, false));
}
