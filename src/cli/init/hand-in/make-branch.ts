import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GitResult } from "../../../twin/github/git/git-process.ts";
import { UsageError } from "../../command/usage-error.ts";
import type { Addition } from "./draft.ts";
import { gitAsOwner, type OwnGit, reasonOf, wordsOf } from "./own-git.ts";

/** Writing an index and moving a reference start hooks, too (githooks: post-index-change, reference-transaction). */
const WITHOUT_HOOKS = ["-c", "core.hooksPath=/dev/null"];

/**
 * A new branch with one commit that adds files to another commit. The branch appears in one step, at the end: what is ended
 * before leaves objects that git itself throws away. Work tree, index and HEAD stay as they are.
 * @returns the commit
 * @throws UsageError with git's own words, also where a commit has to be signed and cannot be
 */
export async function makeBranch(
  own: OwnGit,
  about: {
    readonly branch: string;
    readonly base: string;
    readonly files: readonly Addition[];
    readonly message: string;
  },
): Promise<string> {
  const { branch, base, files, message } = about;
  const folder = await mkdtemp(join(tmpdir(), "millwright-index-"));
  try {
    const run = async (words: readonly string[], input = "") => {
      const all = [...WITHOUT_HOOKS, ...words];
      const done = await gitAsOwner(own, all, { input, index: join(folder, "index") });
      return answerOf(done, branch);
    };
    const places = files.map(({ bytes }, index) => {
      const place = join(folder, `${index}`);
      writeFileSync(place, bytes);
      return place;
    });
    const hashed = await run(["hash-object", "-w", "--no-filters", "--", ...places]);
    const ids = hashed.split("\n");
    await run(["read-tree", base]);
    const lines = files.map(({ path }, index) => `100644 ${ids[index]}\t${path}\0`);
    await run(["update-index", "-z", "--index-info"], lines.join(""));
    const tree = await run(["write-tree"]);
    // commit-tree signs only what it is told to sign (git-commit-tree, -S): the setting is asked.
    const signs = await gitAsOwner(own, ["config", "--type=bool", "--get", "commit.gpgSign"]);
    const signed = wordsOf(signs) === "true" ? ["-S"] : [];
    const commit = await run(["commit-tree", ...signed, tree, "-p", base, "-F", "-"], message);
    // An empty old value: only where there is no such branch (git-update-ref).
    await run(["update-ref", "-m", "millwright init", `refs/heads/${branch}`, commit, ""]);
    return commit;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function answerOf(done: GitResult, branch: string): string {
  if (done.code === 0) return wordsOf(done);
  throw new UsageError(
    `--branch: git did not make the branch ${branch}: ${reasonOf(done)}; nothing was changed`,
  );
}
