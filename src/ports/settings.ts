/** A fact that was read, or why it could not be. */
export type Known<Value> = { readonly known: Value } | { readonly unknown: string };

/** Settings of a repository on GitHub. Only reads. A refused one is unknown, with GitHub's reason. */
export interface Settings {
  readonly repository: Known<{
    readonly defaultBranch: string;
    readonly archived: boolean;
    readonly hasIssues: boolean;
    /** Undefined: GitHub only shows it to accounts that may push. */
    readonly allowsMergeCommits: boolean | undefined;
  }>;
  readonly actions: Known<{
    readonly mayApprove: boolean;
    readonly defaultPermission: string;
  }>;
  /** Names of the repository's secrets, and of its organization's secrets that it gets. */
  readonly secrets: Known<readonly string[]>;
  readonly labels: Known<readonly string[]>;
  /** Types of the rules for the default branch, from branch protection and rulesets alike. */
  readonly rules: Known<readonly BranchRule[]>;
  /** The last scheduled run of the factory's own workflow; undefined if none is listed. */
  readonly heartbeat: Known<
    { readonly at: string; readonly conclusion: string | null } | undefined
  >;
}

export interface BranchRule {
  /** As GitHub names it, such as `pull_request` or `required_status_checks`. */
  readonly type: string;
  /** Approving reviews that a `pull_request` rule asks for. */
  readonly approvals?: number;
  /** Checks that `required_status_checks` names. */
  readonly checks?: readonly string[];
}
