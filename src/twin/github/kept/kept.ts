/** Puts a twin back to what it was. May be called any number of times, while nothing is asked of it. */
export type Restore = () => Promise<void>;

/** A repository as anybody sees it, without ids, times and commit ids: what is the same after two lives looks the same. */
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
  /** In the order of their making. */
  readonly comments: readonly { readonly author: string; readonly body: string }[];
  readonly pull?: {
    readonly head: string;
    readonly base: string;
    readonly isMerged: boolean;
    readonly mergedBy: string | null;
    readonly reviews: readonly string[];
    /** What stands in threads, in the order of its making. */
    readonly threads: readonly string[];
  };
}

export interface CheckPortrait {
  readonly tree: string;
  readonly name: string;
  readonly conclusion: string | null;
  readonly title: string;
}
