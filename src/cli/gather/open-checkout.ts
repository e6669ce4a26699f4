import { statSync } from "node:fs";
import { openRepository } from "../../adapters/repository/repository.ts";
import { ObjectId } from "../../domain/digest.ts";
import type { Checkout, Past } from "../../ports/checkout.ts";
import type { Repository } from "../../ports/repository.ts";
import { UsageError } from "../command/usage-error.ts";
import { type AskGit, askGitIn } from "../report/ask-git.ts";
import { readPast } from "./past.ts";

export interface OpenedCheckout {
  readonly commit: ObjectId;
  readonly checkout: Checkout;
  /** Undefined where the clone has no history (shallow). */
  readonly past: Past | undefined;
  readonly git: AskGit;
  readonly repository: Repository;
}

/**
 * Reads the commit that a checkout stands at, as a loop would: what is not committed is not looked at.
 * @throws UsageError where there is no git repository, or no commit
 */
export async function withCheckout<Result>(
  folder: string,
  use: (opened: OpenedCheckout) => Promise<Result>,
): Promise<Result> {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`--repo: there is no folder ${folder}`);
  }
  const git = askGitIn(folder);
  const head = await git("rev-parse", "--verify", "HEAD^{commit}").catch(() => {
    throw new UsageError(`--repo: ${folder} is no git checkout with a commit`);
  });
  const commit = ObjectId.parse(head.trim());
  const place = (await git("rev-parse", "--path-format=absolute", "--git-common-dir")).trim();
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
    const past = shallow ? undefined : readPast(git, { commit, checkout });
    return await use({ commit, checkout, past, git, repository });
  } finally {
    await repository.close();
  }
}
