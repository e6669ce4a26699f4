import type { ChangeSet } from "../domain/change-set.ts";
import type { ObjectId } from "../domain/digest.ts";
import type { Conversion } from "../domain/text/conversion.ts";

/** One entry of a tree. `size` in bytes for blobs. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: "blob" | "tree" | "commit";
  readonly id: ObjectId;
  readonly size: number | null;
}

/** Entries that `materialize` could not write as git would; both sorted by path. */
export interface Materialized {
  /** Entries that were not written: links that leave the tree, submodules, impossible names and sizes. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
  /** Written as they are, but with content elsewhere: Git LFS pointer files. */
  readonly pointers: readonly string[];
}

export interface RecentCommit {
  readonly id: ObjectId;
  /** Paths that it touches. */
  readonly paths: readonly string[];
  /** Commits that it reverts, by git's own sentence or the factory's trailer; for a merge, those that it brought. */
  readonly reverts: readonly ObjectId[];
  /** Commits that it fixes, by the `Fixes:` trailers of its message, as short as written. */
  readonly mends: readonly string[];
}

/** Git objects at pinned commits. No work tree, no hooks, no config of the repository, no network (threats GIT-10 … GIT-12). */
export interface Repository {
  /** The tree id of a commit. Rejects if the commit does not exist. */
  treeOf(commit: ObjectId): Promise<ObjectId>;
  /** The merge base of two commits. Rejects if there is none, or history is missing. */
  mergeBase(left: ObjectId, right: ObjectId): Promise<ObjectId>;
  list(treeish: ObjectId): Promise<readonly TreeEntry[]>;
  /** The bytes of a file at a commit or tree; undefined if there is none. Links and submodules are undefined. */
  read(treeish: ObjectId, path: string): Promise<Uint8Array | undefined>;
  /**
   * The path of the regular file that a path leads to, through links that stay in the tree; undefined if it leads to none.
   */
  resolve(treeish: ObjectId, path: string): Promise<string | undefined>;
  /**
   * Writes every regular file of a tree below `directory` (which must be empty), as a sandbox's workspace: no .git, bytes as
   * stored. Keeps links that stay inside, and reports entries that cannot be written. Rejects on a crafted tree.
   */
  materialize(treeish: ObjectId, directory: string): Promise<Materialized>;
  /** The id of the tree that the change set makes of its base, computed by git itself. */
  treeWith(changeSet: ChangeSet): Promise<ObjectId>;
  /** The conversions by a tree's `.gitattributes` for each of these paths, which need not be in it. */
  conversions(
    treeish: ObjectId,
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, Conversion>>;
  /** A unified diff between two trees as text, with each byte that is no UTF-8 written as `\x{fc}`, ignoring the repository's attributes and drivers, cut at `maximumBytes`. */
  diff(
    from: ObjectId,
    to: ObjectId,
    maximumBytes: number,
  ): Promise<{ readonly text: string; readonly truncated: boolean; readonly changedLines: number }>;
  /**
   * Commits of the last 90 days before `commit`, including it, newest first, without merges; undefined if history is
   * missing (shallow).
   */
  recent(commit: ObjectId): Promise<readonly RecentCommit[] | undefined>;
  /**
   * The newest commit from `commit` back by first parents that is at least this many days older; undefined if there is
   * none, or history is missing.
   */
  ancestor(commit: ObjectId, days: number): Promise<ObjectId | undefined>;
  /** A file in the history of `commit`, newest version first, at most `most`; empty for a shallow history. */
  versions(commit: ObjectId, path: string, most: number): Promise<readonly Uint8Array[]>;
}
