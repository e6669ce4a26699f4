import { z } from "zod";
import { ObjectId } from "../../../domain/digest.ts";
import type { CommitTree } from "../../../domain/github/commit-tree.ts";
import type { Client } from "../client/client.ts";

const CommitOfTree = z.object({
  tree: z.object({ sha: ObjectId }),
  parents: z.array(z.object({ sha: ObjectId })),
});

const FilesOfTree = z.object({
  truncated: z.boolean().default(false),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.enum(["blob", "tree", "commit"]),
      sha: ObjectId,
    }),
  ),
});

/** A commit's parents and the files of its tree. A truncated listing is unknown. Rejects if GitHub does not answer. */
export async function readTreeAt(client: Client, commit: ObjectId): Promise<CommitTree> {
  const about = await client.ask(CommitOfTree, "GET /git/commits/{commit_sha}", {
    commit_sha: commit,
  });
  const listing = await client.ask(FilesOfTree, "GET /git/trees/{tree_sha}", {
    tree_sha: about.tree.sha,
    recursive: "1",
  });
  const parents = about.parents.map(({ sha }) => sha);
  if (listing.truncated)
    return { parents, files: { unknown: "GitHub cuts the listing of its files" } };
  const files = listing.tree
    .filter(({ type }) => type !== "tree")
    .map(({ path, mode, sha }) => ({ path, mode, blob: sha }));
  return { parents, files: { known: files } };
}
