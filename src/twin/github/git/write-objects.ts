import { learnCommit } from "./commit-objects.ts";
import { git, tryGit } from "./git.ts";
import { makeTree, type NewTree } from "./objects/make-tree.ts";
import { writeObject } from "./objects/write-object.ts";

export interface Identity {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. */
  readonly date: string;
}

export async function writeBlob(gitDirectory: string, bytes: Buffer): Promise<string> {
  return writeObject(gitDirectory, "blob", bytes);
}

function headerLine(role: string, identity: Identity): string {
  const seconds = Math.floor(Date.parse(identity.date) / 1000);
  return `${role} ${identity.name} <${identity.email}> ${seconds} +0000`;
}

/**
 * Writes a commit object from its exact bytes. `git commit-tree` is not used because it completes the message
 * with a newline, which GitHub does not, and the ids would differ.
 */
export async function writeCommit(
  gitDirectory: string,
  commit: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly author: Identity;
    readonly committer: Identity;
    readonly message: string;
  },
): Promise<string> {
  const header = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    headerLine("author", commit.author),
    headerLine("committer", commit.committer),
  ];
  const text = `${header.join("\n")}\n\n${commit.message}`;
  const sha = await writeObject(gitDirectory, "commit", Buffer.from(text));
  learnCommit(gitDirectory, sha, text);
  return sha;
}

/** So many trees are remembered, over all repositories: the oldest go first. */
const MOST_TREES = 4_000;

/** What comes of the same lines on the same tree never changes, and takes three processes to find out. */
const knownTrees = new Map<string, string>();

/**
 * Id of the tree; undefined where git refuses one of its lines. Writes of a repository come one by one, so one index serves
 * them all.
 */
export async function writeTree(
  gitDirectory: string,
  { base, lines }: NewTree,
): Promise<string | undefined> {
  const name = [gitDirectory, base ?? "", ...lines].join("\0");
  const before = knownTrees.get(name);
  if (before !== undefined) return before;
  const made = { base, lines };
  const tree = (await makeTree(gitDirectory, made)) ?? (await writeByGit(gitDirectory, made));
  if (tree === undefined) return undefined;
  knownTrees.set(name, tree);
  const [oldest] = knownTrees.keys();
  if (knownTrees.size > MOST_TREES && oldest !== undefined) knownTrees.delete(oldest);
  return tree;
}

async function writeByGit(
  gitDirectory: string,
  { base, lines }: NewTree,
): Promise<string | undefined> {
  const environment = { GIT_INDEX_FILE: `${gitDirectory}/twin-index` };
  await git(gitDirectory, ["read-tree", base ?? "--empty"], { environment });
  const words = ["update-index", "-z", "--index-info"];
  const input = `${lines.join("\0")}\0`;
  if ((await tryGit(gitDirectory, words, { environment, input })).code !== 0) return undefined;
  return await git(gitDirectory, ["write-tree"], { environment });
}
