import type { ObjectId } from "../../domain/digest.ts";
import type { Repository } from "../../ports/repository.ts";
import { UsageError } from "../command/usage-error.ts";
import { refuseMissing, resolveBase, type Source } from "../source/resolve-base.ts";
import { openSource } from "../source/source.ts";
import type { ProveArguments } from "./arguments.ts";

/** A change in a repository on disk. The base of `source` is where the change left the other branch. */
export interface ChangeOnDisk {
  readonly source: Source;
  readonly head: ObjectId;
}

/** The repository and both revisions, with everything of them that will be read. */
export async function findEnds(asked: ProveArguments): Promise<ChangeOnDisk> {
  const { repo, base } = asked;
  const source = await openSource(repo, base);
  const head = await resolveBase(source.gitDirectory, {
    path: repo,
    base: asked.head ?? "HEAD",
    shallow: source.shallow !== undefined,
    option: "--head",
  });
  await refuseMissing(source.gitDirectory, { path: repo, commit: head });
  return { source, head };
}

/** @throws UsageError where both have no history in common, or nothing differs */
export async function partedAt(
  { source, head }: ChangeOnDisk,
  repository: Pick<Repository, "mergeBase">,
  asked: ProveArguments,
): Promise<ChangeOnDisk> {
  const base = await repository.mergeBase(source.base, head).catch(() => undefined);
  const ends = `${asked.base} and ${asked.head ?? "HEAD"}`;
  if (base === undefined) {
    const hint =
      source.shallow === undefined
        ? ""
        : `; the clone is shallow; get the rest with \`git -C ${asked.repo} fetch --unshallow\``;
    throw new UsageError(`--base: ${ends} have no commit in common${hint}`);
  }
  if (base === head) {
    throw new UsageError(
      `--head: ${asked.head ?? "HEAD"} holds nothing that ${asked.base} has not; only what is committed counts`,
    );
  }
  await refuseMissing(source.gitDirectory, { path: asked.repo, commit: base });
  return { source: { ...source, base }, head };
}
