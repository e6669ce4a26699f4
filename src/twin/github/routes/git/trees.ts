import { z } from "zod";
import { listTree } from "../../git/objects/list-tree.ts";
import { kindOfObject } from "../../git/objects/loose-objects.ts";
import { resolveRevision } from "../../git/read-refs.ts";
import { writeBlob, writeTree } from "../../git/write-objects.ts";
import { apiAddress } from "../../render/addresses.ts";
import { mayBringWorkflows } from "../../state/access.ts";
import { type Answer, created, ok, parameter, parseBody, type RepositoryRequest } from "../api.ts";
import { isWorkflowFile } from "../pulls/merges.ts";
import { notFound, unprocessable, workflowFileRefusal } from "../refusals.ts";
import { assertNotEmpty } from "./blobs.ts";

const treeEntry = z.object({
  path: z.string(),
  mode: z.enum(["100644", "100755", "040000", "160000", "120000"]).optional(),
  type: z.enum(["blob", "tree", "commit"]).optional(),
  sha: z.string().nullable().optional(),
  content: z.string().optional(),
});

type TreeEntry = z.infer<typeof treeEntry>;

const newTree = z.object({ base_tree: z.string().optional(), tree: z.array(treeEntry) });

/** GitHub lists at most 100,000 entries of a tree and says `truncated` beyond. */
const MOST_ENTRIES = 100_000;

async function renderTree(request: RepositoryRequest, sha: string, recursive: boolean) {
  const { gitDirectory } = request.repository;
  const entries = await listTree(gitDirectory, sha, { isDeep: recursive, hasSizes: true });
  const url = apiAddress(request.twin, request.repository);
  const tree = entries.slice(0, MOST_ENTRIES).map(({ size, ...facts }) => {
    const entry = size === undefined ? facts : { ...facts, size };
    const kind = entry.type === "tree" ? "trees" : "blobs";
    return entry.type === "commit" ? entry : { ...entry, url: `${url}/git/${kind}/${entry.sha}` };
  });
  return { sha, url: `${url}/git/trees/${sha}`, tree, truncated: entries.length > MOST_ENTRIES };
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
async function indexLines(before: Before, entry: TreeEntry): Promise<string[]> {
  const { request } = before;
  if (entry.sha === null) {
    const gone = before.paths.filter(
      (path) => path === entry.path || path.startsWith(`${entry.path}/`),
    );
    // GitHub's whole answer to deleting a missing entry.
    if (gone.length === 0) throw unprocessable("GitRPC::BadObjectState");
    return gone.map((path) => `0 ${"0".repeat(40)}\t${path}`);
  }
  const sha =
    entry.sha ??
    (await writeBlob(request.repository.gitDirectory, Buffer.from(entry.content ?? "", "utf8")));
  const kind = await kindOfObject(request.repository.gitDirectory, sha);
  if (kind === undefined && entry.mode !== "160000") {
    throw unprocessable(`tree.sha ${sha} is not a valid ${entry.type ?? "blob"}`);
  }
  return [`${entry.mode} ${sha}\t${entry.path}`];
}

/** The changes of a request, and the earlier entries. */
interface Before {
  readonly request: RepositoryRequest;
  readonly base: string | undefined;
  readonly paths: readonly string[];
}

async function beforeOf(request: RepositoryRequest, baseTree: string | undefined): Promise<Before> {
  if (baseTree === undefined) return { request, base: undefined, paths: [] };
  const { gitDirectory } = request.repository;
  const base = await resolveRevision(gitDirectory, baseTree, "tree");
  if (base === undefined) throw unprocessable(`base_tree ${baseTree} is not a valid tree`);
  const entries = await listTree(gitDirectory, base, { isDeep: true });
  return {
    request,
    base,
    paths: entries.filter(({ type }) => type !== "tree").map(({ path }) => path),
  };
}

export async function createTree(request: RepositoryRequest): Promise<Answer> {
  const body = parseBody(request, newTree);
  if (body.tree.length === 0) throw unprocessable("Invalid tree info");
  for (const entry of body.tree) refuseEntry(entry);
  const workflow = body.tree.find(({ path }) => isWorkflowFile(path));
  if (workflow !== undefined && !mayBringWorkflows(request.caller))
    throw workflowFileRefusal(workflow.path);
  await assertNotEmpty(request);
  const before = await beforeOf(request, body.base_tree);
  const lines: string[] = [];
  for (const entry of body.tree) lines.push(...(await indexLines(before, entry)));
  const sha = await writeTree(request.repository.gitDirectory, { base: before.base, lines });
  if (sha === undefined) throw unprocessable("GitRPC::BadObjectState");
  return created(await renderTree(request, sha, false));
}
