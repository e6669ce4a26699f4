import { placeRef } from "./github/git/move-ref.ts";
import { writeBlob, writeCommit, writeTree } from "./github/git/write-objects.ts";
import { IDENTITY } from "./push.ts";

/** Files by their paths, none of them a program. */
export type LaidFiles = Readonly<Record<string, string | Uint8Array>>;

/** Gives an empty bare repository its first commit, which holds these files. Throws for a path that git refuses. */
export async function lay(gitDirectory: string, branch: string, files: LaidFiles): Promise<void> {
  const lines: string[] = [];
  for (const [path, content] of Object.entries(files)) {
    lines.push(`100644 ${await writeBlob(gitDirectory, Buffer.from(content))}\t${path}`);
  }
  const tree = await writeTree(gitDirectory, { base: undefined, lines });
  if (tree === undefined) throw new Error("git refuses a path of these files");
  const { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email } = IDENTITY;
  const author = { name, email, date: new Date().toISOString() };
  const commit = { tree, parents: [], author, committer: author, message: "Begin\n" };
  await placeRef(gitDirectory, `refs/heads/${branch}`, await writeCommit(gitDirectory, commit));
}
