import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { git } from "./github/git.ts";
import { IDENTITY } from "./push.ts";

/** A repository of somebody else's that the twin stands in for: its objects are read where they are. */
export interface Adopted {
  /** Absolute path of the objects folder that is read and never written. */
  readonly objects: string;
  /** The `shallow` file of a shallow clone: where its history ends. */
  readonly shallow: string | undefined;
  readonly base: string;
  readonly defaultBranch: string;
  /** Files put on top of the base, as the person who adopts the factory would commit them. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly message: string;
}

/**
 * Fills an empty bare repository with a default branch that is one commit ahead of `base`. History and files come from
 * the other repository's objects by `objects/info/alternates` (gitrepository-layout(5)): nothing is copied.
 * @returns the commit of the default branch
 */
export async function adopt(gitDirectory: string, adopted: Adopted): Promise<string> {
  const { objects, shallow, base, defaultBranch, files, message } = adopted;
  await writeFile(join(gitDirectory, "objects/info/alternates"), `${alternateLine(objects)}\n`);
  if (shallow !== undefined) await writeFile(join(gitDirectory, "shallow"), shallow);
  const index = { GIT_INDEX_FILE: join(gitDirectory, "adopt-index") };
  const run = (words: readonly string[], input?: string) =>
    git(gitDirectory, words, {
      environment: { ...index, ...IDENTITY },
      ...(input === undefined ? {} : { input }),
    });
  await run(["read-tree", base]);
  for (const { path, content } of files) {
    const id = await run(["hash-object", "-w", "--stdin"], content);
    await run(["update-index", "--add", "--replace", "--cacheinfo", `100644,${id},${path}`]);
  }
  const tree = await run(["write-tree"]);
  const commit = await run(["commit-tree", tree, "-p", base, "-m", message]);
  await git(gitDirectory, ["update-ref", `refs/heads/${defaultBranch}`, commit]);
  return commit;
}

/** Git reads a line that begins with a quote as a quoted one, and one that begins with # as a comment. */
function alternateLine(objects: string): string {
  return /^["#]|\n/.test(objects) ? JSON.stringify(objects) : objects;
}
