/** Resets a twin. May be called any number of times, while no request is under way. */
export type Restore = () => Promise<void>;

/** The visible state of a repository, without ids, times and commit ids, so that two lives with the same result look equal. */
export interface Portrait {
  /** By number; a pull request is one, too. */
  readonly issues: Readonly<Record<string, IssuePortrait>>;
  /** Tree of each branch by its name. */
  readonly branches: Readonly<Record<string, string>>;
  /** Of the default branch along its first parents, the newest first: tree and subject. */
  readonly history: readonly string[];
  readonly checks: readonly CheckPortrait[];
  readonly deployments: number;
}

export interface IssuePortrait {
  readonly author: string;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly labels: readonly string[];
  /** In order of creation. */
  readonly comments: readonly { readonly author: string; readonly body: string }[];
  readonly pull?: {
    readonly head: string;
    readonly base: string;
    readonly isMerged: boolean;
    readonly mergedBy: string | null;
    readonly reviews: readonly string[];
    /** Comments in threads, in order of creation. */
    readonly threads: readonly string[];
  };
}

export interface CheckPortrait {
  readonly tree: string;
  readonly name: string;
  readonly conclusion: string | null;
  readonly title: string;
}
