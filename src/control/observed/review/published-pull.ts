import type { PullRequestState } from "../../../domain/github/snapshot.ts";
import { AT_PULL_REQUEST } from "../../../domain/stage.ts";
import type { View } from "../issue-view.ts";
import { lastOf } from "../ledger/ledger.ts";
import { listedPull } from "../listed-pull.ts";
import { openRevert } from "../release/landing.ts";

/** The pull request that the ledger knows, as GitHub shows it now; undefined where there is none, or nobody has looked. */
export function publishedPull(view: View): PullRequestState | undefined {
  return listedPull(view.snapshot, numberOf(view));
}

/**
 * Pull requests are found by the branches. If the branch was deleted, as GitHub may do after a merge, the pull
 * request is asked for by number.
 */
export function pullToAsk(view: View): number | undefined {
  const { input, trigger, stage } = view;
  const isNamed = trigger?.kind === "pull-request-closed" || trigger?.kind === "labeled-pull";
  const follows = input.task === "route" || input.task === "claim";
  if (!follows || isNamed || !AT_PULL_REQUEST.some((one) => one === stage)) return undefined;
  return publishedPull(view) === undefined ? numberOf(view) : undefined;
}

function numberOf({ ledger: { entries } }: View): number | undefined {
  return (openRevert(entries)?.event ?? lastOf(entries, "published")?.event)?.pullRequest;
}
