import { knownCommit, readCommits } from "./commit-objects.ts";
import { tryGit } from "./git.ts";

/** So many commits are walked here, and as often some have to be read for it; a longer way is git's to walk. */
const MOST_WALKED = 64;
const MOST_READ = 4;

/** Everything that a commit comes after, and itself; undefined where that is more than is walked here, or a ref that moves. */
async function pastOf(gitDirectory: string, tip: string): Promise<ReadonlySet<string> | undefined> {
  if (!/^[0-9a-f]{40}$/.test(tip)) return undefined;
  const past = new Set([tip]);
  let read = 0;
  for (let next = [tip]; next.length > 0; ) {
    if (next.some((id) => knownCommit(gitDirectory, id) === undefined)) read += 1;
    if (read > MOST_READ) return undefined;
    const commits = await readCommits(gitDirectory, next);
    if (commits.length < next.length) return undefined;
    next = [...new Set(commits.flatMap(({ parents }) => parents))].filter((id) => !past.has(id));
    for (const id of next) past.add(id);
    if (past.size > MOST_WALKED) return undefined;
  }
  return past;
}

export async function isAncestor(
  gitDirectory: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  const past = await pastOf(gitDirectory, descendant);
  if (past !== undefined) return past.has(ancestor);
  const words = ["merge-base", "--is-ancestor", ancestor, descendant];
  return (await tryGit(gitDirectory, words)).code === 0;
}

/** Where two commits parted; undefined where they have no history in common. */
export async function mergeBase(
  gitDirectory: string,
  one: string,
  other: string,
): Promise<string | undefined> {
  if ((await pastOf(gitDirectory, other))?.has(one) === true) return one;
  if ((await pastOf(gitDirectory, one))?.has(other) === true) return other;
  const found = await tryGit(gitDirectory, ["merge-base", one, other]);
  return found.code === 0 ? found.stdout.toString("utf8").trim() : undefined;
}

/** Ids of the commits that `to` has and `from` has not, oldest first. */
export async function commitsBetween(
  gitDirectory: string,
  from: string,
  to: string,
): Promise<string[]> {
  const walked = await walkedBetween(gitDirectory, from, to);
  if (walked !== undefined) return walked;
  const words = ["rev-list", "--reverse", "--topo-order", to, `^${from}`];
  const { stdout } = await tryGit(gitDirectory, words);
  return stdout
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** The same where they are one after the other: what lies beside each other git alone puts into its order. */
async function walkedBetween(
  gitDirectory: string,
  from: string,
  to: string,
): Promise<string[] | undefined> {
  const [before, after] = [await pastOf(gitDirectory, from), await pastOf(gitDirectory, to)];
  if (before === undefined || after === undefined) return undefined;
  const between = [...after].filter((id) => !before.has(id));
  const parentsOf = (id: string) => knownCommit(gitDirectory, id)?.parents ?? [];
  const isLine = between.every((id, at) => {
    const own = parentsOf(id).filter((parent) => !before.has(parent));
    return own.length === (at === between.length - 1 ? 0 : 1) && own[0] === between[at + 1];
  });
  return isLine ? between.toReversed() : undefined;
}
