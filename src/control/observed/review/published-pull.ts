import type { PullRequestState } from "../../../domain/github/snapshot.ts";
import type { View } from "../issue-view.ts";
import { lastOf } from "../ledger/ledger.ts";
import { openRevert } from "../release/landing.ts";

/** Stages at which a publication waits for a person, or for an attempt that continues it. */
const WAITS_AT: readonly View["stage"][] = ["ready", "gating", "needs-human"];

/** The pull request that the ledger knows, as GitHub shows it now; undefined if there is none, or nobody has looked. */
export function publishedPull(view: View): PullRequestState | undefined {
  const number = numberOf(view);
  return view.snapshot.pullRequests.find((pull) => pull.number === number);
}

/**
 * Pull requests are found by the branches. If the branch was deleted, as GitHub may do after a merge, the pull
 * request is asked for by number.
 */
export function pullToAsk(view: View): number | undefined {
  const { input, trigger, stage } = view;
  const isNamed = trigger?.kind === "pull-request-closed" || trigger?.kind === "labeled-pull";
  const follows = input.task === "route" || input.task === "claim";
  if (!follows || isNamed || !WAITS_AT.includes(stage)) return undefined;
  return publishedPull(view) === undefined ? numberOf(view) : undefined;
}

function numberOf({ ledger: { entries } }: View): number | undefined {
  return (openRevert(entries)?.event ?? lastOf(entries, "published")?.event)?.pullRequest;
}
