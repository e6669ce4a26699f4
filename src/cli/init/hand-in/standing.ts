import type { Repository } from "../../../ports/repository.ts";
import { UsageError } from "../../command/usage-error.ts";
import { openRecord } from "../open-record.ts";
import { blobId, type InitRecord, RECORD } from "../record.ts";
import { gitAsOwner, type OwnGit, wordsOf } from "./own-git.ts";
import { quoted } from "./quoted.ts";

/** A branch of init's that stands already. */
export interface Standing {
  readonly commit: string;
  /** Where it leaves the history of HEAD. */
  readonly base: string;
  /** How many files it adds. */
  readonly files: number;
}

/**
 * The branch of that name, where it is what init put there: its record names all that it changed, with just these bytes.
 * @throws UsageError for a branch that holds something else
 */
export async function findStanding(
  own: OwnGit,
  { branch, repository }: { readonly branch: string; readonly repository: Repository },
): Promise<Standing | undefined> {
  const words = ["rev-parse", "--verify", "--quiet", `refs/heads/${branch}^{commit}`];
  const found = await gitAsOwner(own, words);
  if (found.code !== 0) return undefined;
  const commit = wordsOf(found);
  const base = wordsOf(await gitAsOwner(own, ["merge-base", "HEAD", commit]));
  if (base === "") throw otherBranch(branch, "it shares no commit with HEAD");
  const record = await recordAt(repository, commit);
  if (record === undefined) throw otherBranch(branch, `it has no ${RECORD}`);
  const before = (await recordAt(repository, base))?.files ?? {};
  const named = Object.keys(record.files).filter((path) => !Object.hasOwn(before, path));
  const changed = (await changedIn(own, { base, commit })).filter((path) => path !== RECORD);
  for (const path of new Set([...named, ...changed])) {
    const held = await repository.read(commit, path);
    if (held !== undefined && blobId(held) === record.files[path]) continue;
    throw otherBranch(branch, `${path} is not as init wrote it`);
  }
  return { commit, base, files: changed.length };
}

export function otherBranch(branch: string, because: string): UsageError {
  return new UsageError(
    `--branch: there is a branch ${branch} already, and ${because}; remove it with \`git branch -D ${quoted(branch)}\`, or name another, like --branch ${quoted(`${branch}-2`)}`,
  );
}

async function recordAt(repository: Repository, commit: string): Promise<InitRecord | undefined> {
  const bytes = await repository.read(commit, RECORD);
  return openRecord({ read: () => bytes, write: () => undefined, remove: () => undefined });
}

async function changedIn(
  own: OwnGit,
  { base, commit }: { readonly base: string; readonly commit: string },
): Promise<readonly string[]> {
  const words = ["diff-tree", "-r", "--name-only", "--no-renames", "-z", base, commit];
  return (await gitAsOwner(own, words)).stdout.toString("utf8").split("\0").filter(Boolean);
}
