/** The tree of one commit, as whoever gathers by code reads it. Paths are relative to the root, with `/`. */
export interface Checkout {
  /** Paths of all files, in order; links and submodules are not among them. */
  readonly files: readonly string[];
  /** Paths that are links or submodules: where they lead is not read. */
  readonly elsewhere: readonly string[];
  /** The text of a file as UTF-8; undefined where there is no file of that path. */
  read(path: string): Promise<string | undefined>;
}

/** A commit that took something away. */
export interface Removal {
  readonly commit: string;
  /** ISO 8601, the day alone. */
  readonly on: string;
  /** The path that it has since, where git found the same file again in that commit. */
  readonly now?: string;
}

/** What the history of the commit tells. */
export interface Past {
  /** The commit that removed the file, or the last file below the folder; undefined where no commit did. */
  removed(path: string): Promise<Removal | undefined>;
  /**
   * The newest commit, of those that changed how often `text` stands in the file, before which `held` is true of the file's
   * text and after which it is not.
   */
  removedFrom(
    path: string,
    text: string,
    held: (content: string) => boolean,
  ): Promise<Removal | undefined>;
  /** Whether a `.gitignore` of the commit leaves the path out: then something may make it. */
  ignores(path: string): Promise<boolean>;
}
