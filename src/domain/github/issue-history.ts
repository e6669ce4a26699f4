/** What GitHub's own timeline says of an issue. */
export interface IssueHistory {
  /** When it last came from another repository (ISO 8601), and from which, where that can be seen. */
  readonly transferred?: { readonly at: string; readonly from?: string };
  /** The mark of somebody with write, while it stands; the number where the other one is of this repository. */
  readonly duplicateOf?: { readonly number?: number; readonly url?: string };
}

/** An issue of the scope that is not of this repository any more. */
export interface GoneIssue {
  readonly number: number;
  /** Where it went; absent where GitHub shows none of that number: it was deleted, or went where the token may not look. */
  readonly url?: string;
  /** Branches of its attempts, which stay. */
  readonly branches: readonly string[];
  /** Numbers of open pull requests of these branches; absent: none. */
  readonly pulls?: readonly number[];
}
