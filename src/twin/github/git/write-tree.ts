import { git, tryGit } from "./git.ts";

/** A tree as a list of what its base holds otherwise: lines of `update-index --index-info`. */
export interface NewTree {
  /** Undefined: nothing is there before. */
  readonly base: string | undefined;
  readonly lines: readonly string[];
}

/** So many trees are remembered, over all repositories: the oldest go first. */
const MOST_KNOWN = 4_000;

/** What comes of the same lines on the same tree never changes, and takes three processes to find out. */
const known = new Map<string, string>();

/**
 * Id of the tree; undefined where git refuses one of its lines. Writes of a repository come one by one, so one index serves
 * them all.
 */
export async function writeTree(
  gitDirectory: string,
  { base, lines }: NewTree,
): Promise<string | undefined> {
  const name = [gitDirectory, base ?? "", ...lines].join("\0");
  const before = known.get(name);
  if (before !== undefined) return before;
  const environment = { GIT_INDEX_FILE: `${gitDirectory}/twin-index` };
  await git(gitDirectory, ["read-tree", base ?? "--empty"], { environment });
  const words = ["update-index", "-z", "--index-info"];
  const input = `${lines.join("\0")}\0`;
  if ((await tryGit(gitDirectory, words, { environment, input })).code !== 0) return undefined;
  const tree = await git(gitDirectory, ["write-tree"], { environment });
  known.set(name, tree);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return tree;
}
