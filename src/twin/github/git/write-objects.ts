import { createHash } from "node:crypto";
import { access, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import { learnCommit } from "./commit-objects.ts";
import { git, tryGit } from "./git.ts";

const compress = promisify(deflate);

export interface Identity {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. */
  readonly date: string;
}

let written = 0;

/**
 * Lays an object where git lays it (gitrepository-layout(5), `objects/[0-9a-f][0-9a-f]`), named by the digest of its bytes: a
 * process for each of them is most of what a line costs.
 */
async function writeObject(
  gitDirectory: string,
  kind: "blob" | "commit",
  content: Buffer,
): Promise<string> {
  const bytes = Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content]);
  const id = createHash("sha1").update(bytes).digest("hex");
  const path = join(gitDirectory, "objects", id.slice(0, 2), id.slice(2));
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return id;
  await mkdir(dirname(path), { recursive: true });
  // Whole or not at all, also for whoever looks meanwhile; git sweeps such names itself.
  written += 1;
  const unready = join(gitDirectory, "objects", `tmp_obj_${process.pid}_${written}`);
  await writeFile(unready, await compress(bytes), { mode: 0o444 });
  await rename(unready, path);
  return id;
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

/** A tree as a list of what its base holds otherwise: lines of `update-index --index-info`. */
export interface NewTree {
  /** Undefined: nothing is there before. */
  readonly base: string | undefined;
  readonly lines: readonly string[];
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
  const environment = { GIT_INDEX_FILE: `${gitDirectory}/twin-index` };
  await git(gitDirectory, ["read-tree", base ?? "--empty"], { environment });
  const words = ["update-index", "-z", "--index-info"];
  const input = `${lines.join("\0")}\0`;
  if ((await tryGit(gitDirectory, words, { environment, input })).code !== 0) return undefined;
  const tree = await git(gitDirectory, ["write-tree"], { environment });
  knownTrees.set(name, tree);
  const [oldest] = knownTrees.keys();
  if (knownTrees.size > MOST_TREES && oldest !== undefined) knownTrees.delete(oldest);
  return tree;
}
