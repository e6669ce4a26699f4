import type { Said } from "../../../domain/github/owned-pull-request.ts";
import type { Snapshot } from "../../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../../domain/lease.ts";
import type { Trigger } from "../event.ts";
import { listedPull } from "../listed-pull.ts";
import type { Situation } from "../situation.ts";

/** The pull request that somebody commented on; undefined for an issue, or without a comment. */
export function spokenOn(trigger: Trigger | undefined): number | undefined {
  if (trigger?.kind === "reviewed") return trigger.pullRequest;
  return trigger?.kind === "commented" && trigger.onPullRequest ? trigger.issue : undefined;
}

/** The issue of the pull request's attempt, by its branch as GitHub shows it. */
export function issueSpokenOn(
  trigger: Trigger | undefined,
  snapshot: Pick<Snapshot, "pullRequests">,
): number | undefined {
  const pull = listedPull(snapshot, spokenOn(trigger));
  return pull === undefined ? undefined : leaseOfBranch(pull.head.branch)?.issue;
}

/** The comment that rang, as it is on the pull request now. */
export function wordsOf(trigger: Trigger | undefined, { owned }: Situation): Said | undefined {
  if (owned === undefined || (trigger?.kind !== "reviewed" && trigger?.kind !== "commented")) {
    return undefined;
  }
  const { comments, threads, reviews } = owned;
  const all = [...comments, ...threads.flatMap((thread) => thread.comments), ...reviews];
  return all.find(({ id, body }) => id === trigger.comment && body === trigger.body);
}
