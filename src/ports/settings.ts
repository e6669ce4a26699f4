/** A fact that was read, or why it could not be. */
export type Known<Value> = { readonly known: Value } | { readonly unknown: string };

/** What a repository on GitHub is set to. Reads alone; one that is refused is unknown, with GitHub's reason. */
export interface Settings {
  readonly repository: Known<{
    readonly defaultBranch: string;
    readonly archived: boolean;
    readonly hasIssues: boolean;
    /** Undefined: GitHub tells it only to whoever may push. */
    readonly allowsMergeCommits: boolean | undefined;
  }>;
  readonly actions: Known<{
    readonly mayApprove: boolean;
    readonly defaultPermission: string;
  }>;
  /** Names of the secrets of the repository and of those of its organisation that it gets. */
  readonly secrets: Known<readonly string[]>;
  readonly labels: Known<readonly string[]>;
  /** Types of the rules that bind the default branch, of branch protection and rulesets alike. */
  readonly rules: Known<readonly BranchRule[]>;
  /** The last run of the factory's own workflow that its schedule started; undefined where none is listed. */
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
