import type { PullRequestState, Snapshot } from "../../domain/github/snapshot.ts";

/** The pull request of that number as GitHub lists it; undefined where this look did not see it, or nobody names one. */
export function listedPull(
  { pullRequests }: Pick<Snapshot, "pullRequests">,
  number: number | undefined,
): PullRequestState | undefined {
  return pullRequests.find((pull) => pull.number === number);
}
