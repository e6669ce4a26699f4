/** The tree of one commit, for gatherers. Paths are relative to the root, with `/`. */
export interface Checkout {
  /** Paths of all files, in order, without links and submodules. */
  readonly files: readonly string[];
  /** Paths of links and submodules; their targets are not read. */
  readonly elsewhere: readonly string[];
  /** The text of a file as UTF-8; undefined if there is no file at that path. */
  read(path: string): Promise<string | undefined>;
}

/** A commit that removed something. */
export interface Removal {
  readonly commit: string;
  /** ISO 8601, the day alone. */
  readonly on: string;
  /** Its path since then, if git found the same file again in that commit. */
  readonly now?: string;
}

/** Facts from the history of the commit. */
export interface Past {
  /** The commit that removed the file, or the last file below the folder; undefined if there is none. */
  removed(path: string): Promise<Removal | undefined>;
  /**
   * The newest of the commits that changed the number of `text` in the file, before which `held` is true of its text and
   * after which it is not.
   */
  removedFrom(
    path: string,
    text: string,
    held: (content: string) => boolean,
  ): Promise<Removal | undefined>;
  /** Whether a `.gitignore` of the commit excludes the path, so that something may create it. */
  ignores(path: string): Promise<boolean>;
}
