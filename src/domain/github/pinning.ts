/** Whether a factory issue is pinned, and whether there is room for it. */
export interface Pinning {
  /** Number of the issue, and its id in GraphQL. */
  readonly issue: number;
  readonly node: string;
  /** GitHub's timeline shows that somebody pinned or unpinned it. From then on people decide about its place. */
  readonly wasPinned: boolean;
  /** Issues of the repository that are pinned now. */
  readonly pinned: number;
}

/** Source: docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/pinning-an-issue-to-your-repository */
export const MOST_PINNED = 3;
