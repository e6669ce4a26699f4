import { statSync } from "node:fs";
import { openRepository } from "../../adapters/repository/repository.ts";
import { ObjectId } from "../../domain/digest.ts";
import type { Checkout } from "../../ports/checkout.ts";
import { UsageError } from "../command/usage-error.ts";
import { askGitIn } from "../report/ask-git.ts";
import { openFolder } from "./open-folder.ts";
import type { OpenedCheckout } from "./opened-checkout.ts";
import { readPast } from "./past.ts";

/**
 * Reads the commit that a checkout stands at: what is not committed is not looked at. A loop's command stands in a copy of the
 * commit without git: there the files are read that no `.gitignore` leaves out, and nothing tells of the past.
 * @throws UsageError where there is no folder, or a checkout without a commit
 */
export async function withCheckout<Result>(
  folder: string,
  use: (opened: OpenedCheckout) => Promise<Result>,
): Promise<Result> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`--repo: there is no folder ${folder}`);
  }
  const git = askGitIn(folder);
  const words = ["rev-parse", "--path-format=absolute", "--git-common-dir"];
  const place = await git(...words).then(
    (answer) => answer.trim(),
    () => undefined,
  );
  if (place === undefined) return await use(await openFolder(folder));
  const head = await git("rev-parse", "--verify", "HEAD^{commit}").catch(() => {
    throw new UsageError(`--repo: ${folder} is a git checkout without a commit`);
  });
  const commit = ObjectId.parse(head.trim());
  const repository = await openRepository(place);
  try {
    const entries = (await repository.list(commit)).filter(({ type }) => type !== "tree");
    const regular = entries.filter(({ mode }) => mode.startsWith("100")).map(({ path }) => path);
    const files = new Set(regular);
    const checkout: Checkout = {
      files: regular,
      elsewhere: entries.filter(({ path }) => !files.has(path)).map(({ path }) => path),
      read: async (path) => {
        const bytes = files.has(path) ? await repository.read(commit, path) : undefined;
        return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
      },
    };
    const shallow = (await git("rev-parse", "--is-shallow-repository")).trim() !== "false";
    return await use({
      ...{ commit, checkout },
      past: shallow ? undefined : readPast(git, { commit, checkout }),
      recent: () => repository.recent(commit),
      materialize: (directory) => repository.materialize(commit, directory),
    });
  } finally {
    await repository.close();
  }
}
