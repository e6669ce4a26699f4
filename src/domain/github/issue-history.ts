/** Facts about an issue from GitHub's own timeline. */
export interface IssueHistory {
  /** When it last came from another repository (ISO 8601), and from which, if that is visible. */
  readonly transferred?: { readonly at: string; readonly from?: string };
  /** The current duplicate mark by a person with write access; a number if the other issue is in this repository. */
  readonly duplicateOf?: { readonly number?: number; readonly url?: string };
}

/** An issue of the scope that has left this repository. */
export interface GoneIssue {
  readonly number: number;
  /** Its new place; absent if GitHub shows none: it was deleted, or moved where the token has no access. */
  readonly url?: string;
  /** Branches of its attempts, which stay. */
  readonly branches: readonly string[];
  /** Numbers of open pull requests of these branches; absent: none. */
  readonly pulls?: readonly number[];
}
