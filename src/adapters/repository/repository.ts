import { lstatSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { ObjectId } from "../../domain/digest.ts";
import type { Materialized, Repository, TreeEntry } from "../../ports/repository.ts";
import { type BlobReader, createBlobReader } from "./blob-reader.ts";
import { treeOfChange } from "./changed-tree.ts";
import { conversionsIn } from "./conversions.ts";
import { followLinks } from "./follow-links.ts";
import { findGit, type GitHome, runGit } from "./git.ts";
import { ancestorOf, recentCommits, versionsOf } from "./history.ts";
import { parseListing } from "./listing.ts";
import { materializeTree } from "./materialize.ts";
import { makeScratch } from "./scratch.ts";
import { diffTrees } from "./tree-diff.ts";

export interface OpenedRepository extends Repository {
  /** Ends the git process and removes the scratch folder; also done when the worker exits or is told to stop. */
  close(): Promise<void>;
}

/**
 * Opens the git objects of a checkout (its `.git` folder) or of a bare repository. The checkout is never changed and
 * never a working folder; `scratch` is where a folder for new objects is made, the system's temporary folder by default.
 * `tell` hears what of each materialized tree is not as git would write it. Rejects when there is no repository or no git.
 */
export async function openRepository(
  directory: string,
  options: {
    readonly scratch?: string;
    readonly tell?: (told: Materialized) => void;
  } = {},
): Promise<OpenedRepository> {
  const gitDirectory = findGitDirectory(directory);
  const scratch = makeScratch(options.scratch);
  const home: GitHome = { program: findGit(), gitDirectory, scratch: scratch.directory };
  const blobs = createBlobReader(home);
  const trees = rememberTrees(blobs);
  const list = rememberListings(home, trees);
  const alone = oneAfterAnother();
  return {
    treeOf: async (commit) => trees(`${ObjectId.parse(commit)}^{commit}^{tree}`),
    mergeBase: (left, right) => mergeBase(home, [left, right]),
    list: async (treeish) => [...(await list(treeish)).values()],
    read: async (treeish, path) => {
      const entry = (await list(treeish)).get(path);
      if (entry === undefined || !entry.mode.startsWith("100")) return undefined;
      for await (const content of blobs.read([entry.id])) return content;
      return undefined;
    },
    resolve: async (treeish, path) =>
      followLinks(await list(treeish), path, async ({ id }) => {
        for await (const content of blobs.read([id])) return content.toString("utf8");
        return "";
      }),
    materialize: async (treeish, directory) => {
      const entries = [...(await list(treeish)).values()];
      const told = await materializeTree({ entries, blobs, directory });
      options.tell?.(told);
      return told;
    },
    treeWith: (changeSet) =>
      alone(async () => {
        const base = {
          tree: await trees(`${ObjectId.parse(changeSet.base)}^{commit}^{tree}`),
          entries: await list(changeSet.base),
        };
        return treeOfChange({ home, changeSet, base });
      }),
    conversions: async (treeish, paths) =>
      paths.length === 0
        ? new Map()
        : alone(() => conversionsIn(home, ObjectId.parse(treeish), paths)),
    diff: async (from, to, maximumBytes) =>
      diffTrees({ home, from: ObjectId.parse(from), to: ObjectId.parse(to), maximumBytes }),
    recent: async (commit) => recentCommits(home, ObjectId.parse(commit)),
    ancestor: async (commit, days) => ancestorOf(home, ObjectId.parse(commit), days),
    versions: async (commit, path, most) => {
      const ids = await versionsOf(home, { commit: ObjectId.parse(commit), path, most });
      const versions: Uint8Array[] = [];
      for await (const content of blobs.read(ids)) versions.push(content);
      return versions;
    },
    close: async () => {
      blobs.close();
      scratch.remove();
    },
  };
}

/** There is one index file: one question that needs it at a time. */
function oneAfterAnother(): <Result>(ask: () => Promise<Result>) => Promise<Result> {
  let turn: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const next = turn.then(ask);
    turn = next.catch(() => {});
    return next;
  };
}

async function mergeBase(home: GitHome, commits: readonly string[]): Promise<ObjectId> {
  const parsed = commits.map((commit) => ObjectId.parse(commit));
  return ObjectId.parse((await runGit(home, ["merge-base", ...parsed])).trim());
}

function findGitDirectory(directory: string): string {
  if (!isAbsolute(directory)) throw new Error(`${directory} is not an absolute path`);
  const isFolder = (path: string) =>
    lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder(join(directory, ".git"))) return join(directory, ".git");
  if (isFolder(join(directory, "objects")) && isFolder(join(directory, "refs"))) return directory;
  throw new Error(
    `${directory} holds no .git folder; check the repository out first (actions/checkout with persist-credentials: false)`,
  );
}

/** What a whole id leads to never changes. A failure is not remembered: what is not there may come. */
function rememberTrees(blobs: BlobReader): (name: string) => Promise<ObjectId> {
  const known = new Map<string, ObjectId>();
  return async (name) => {
    const tree = known.get(name) ?? (await blobs.treeOf(name));
    known.set(name, tree);
    return tree;
  };
}

type Listing = ReadonlyMap<string, TreeEntry>;

/** Objects never change, so each tree is listed once, whichever commits have it. A failure is not remembered. */
function rememberListings(
  home: GitHome,
  trees: (name: string) => Promise<ObjectId>,
): (treeish: ObjectId) => Promise<Listing> {
  const known = new Map<ObjectId, Listing>();
  return async (treeish) => {
    const tree = await trees(`${ObjectId.parse(treeish)}^{tree}`);
    const text = known.has(tree)
      ? ""
      : await runGit(home, ["ls-tree", "-r", "-z", "--long", "--full-tree", tree]);
    const listing =
      known.get(tree) ?? new Map(parseListing(text).map((entry) => [entry.path, entry]));
    known.set(tree, listing);
    return listing;
  };
}
