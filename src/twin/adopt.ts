import { constants } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import { git } from "./github/git/git.ts";
import { IDENTITY } from "./push.ts";

/** Somebody else's repository that the twin stands in for. */
export interface Adopted {
  /** Absolute path of its objects folder, which is copied: git moves the time of a pack that it finds an object in. */
  readonly objects: string;
  /** The `shallow` file of a shallow clone, which marks the end of its history. */
  readonly shallow: string | undefined;
  readonly base: string;
  readonly defaultBranch: string;
  /** Files added to the base, as the person who adopts the factory would commit them. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  readonly message: string;
}

/**
 * Fills an empty bare repository with the other one's objects and with a default branch that is one commit ahead of `base`.
 */
export async function adopt(gitDirectory: string, adopted: Adopted): Promise<void> {
  const { objects, shallow, base, defaultBranch, files, message } = adopted;
  await copyObjects(objects, join(gitDirectory, "objects"));
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
}

/** How many repositories may borrow from each other in a row (git's own bound). */
const BORROWING = 5;

/** Includes objects that the repository borrows by `info/alternates` (gitrepository-layout(5)). */
async function copyObjects(from: string, to: string, depth = 0): Promise<void> {
  await cp(from, to, {
    recursive: true,
    force: false,
    mode: constants.COPYFILE_FICLONE,
    filter: (path) => !/^(?:alternates|.*\.lock|tmp_.*)$/.test(basename(path)),
  });
  const alternates = await readFile(join(from, "info/alternates"), "utf8").catch(() => "");
  for (const line of depth < BORROWING ? alternates.split("\n") : []) {
    if (line === "" || line.startsWith("#")) continue;
    await copyObjects(isAbsolute(line) ? line : join(from, line), to, depth + 1);
  }
}
