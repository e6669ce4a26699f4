import { millisecondsBetween } from "../../domain/text/time.ts";
import { count, type Figure, known, median, ofTold, share, unknown } from "../figure.ts";
import type { Deployment, History, Merge, Window } from "../history/history.ts";
import { daysOf, isWithin } from "./window.ts";

/**
 * DORA's five, by DORA's own definitions (dora.dev, "DORA's software delivery performance metrics"), and the pace of the
 * default branch, which is known even without deployments.
 */
export interface Delivery {
  /** Deployments a day: "the number of deployments over a given period". */
  readonly deploymentFrequency: Figure;
  /** Median of "the time for a change to go from committed to version control to deployed in production". */
  readonly changeLeadTime: Figure;
  /** "The ratio of deployments that require immediate intervention". */
  readonly changeFailRate: Figure;
  /** Median of "the time it takes to recover from a deployment that fails". */
  readonly failedDeploymentRecoveryTime: Figure;
  /** "The ratio of deployments that are unplanned but happen as a result of an incident in production". */
  readonly deploymentReworkRate: Figure;
  readonly merged: Figure;
  /** Median from the first commit of a change to its merge. */
  readonly timeToMerge: Figure;
  /** Of the merges, those reverted by the end of the window. */
  readonly takenBack: Figure;
  /** Of the merges, those that revert or fix an earlier one. */
  readonly repairs: Figure;
}

export function deliveryOf(history: History, window: Window): Delivery {
  const merges = mergesWithin(history, window);
  const ids = merges.map(({ id }) => id);
  return {
    ...dora(history, window),
    merged: count(ids),
    timeToMerge: timeToMerge(merges),
    takenBack: share(
      idsOf(merges.filter((one) => wasTakenBack(one, window))),
      ids,
      "nothing-merged",
    ),
    repairs: share(idsOf(merges.filter(({ repairs }) => repairs)), ids, "nothing-merged"),
  };
}

export function mergesWithin({ merges }: History, window: Window): readonly Merge[] {
  return merges.filter(({ mergedAt }) => isWithin(mergedAt, window));
}

export function wasTakenBack({ takenBackAt }: Merge, { until }: Window): boolean {
  return takenBackAt !== undefined && millisecondsBetween(takenBackAt, until) > 0;
}

function idsOf(merges: readonly Merge[]): readonly string[] {
  return merges.map(({ id }) => id);
}

function timeToMerge(merges: readonly Merge[]): Figure {
  const timed = merges.flatMap(({ id, begunAt, mergedAt }) =>
    begunAt === undefined ? [] : [{ id, value: millisecondsBetween(begunAt, mergedAt) }],
  );
  return median("ms", timed, merges.length === 0 ? "nothing-merged" : "no-authors");
}

type Dora = Pick<
  Delivery,
  | "deploymentFrequency"
  | "changeLeadTime"
  | "changeFailRate"
  | "failedDeploymentRecoveryTime"
  | "deploymentReworkRate"
>;

function dora(history: History, window: Window): Dora {
  const { deployments } = history;
  const of = (unit: Figure["unit"], figure: (within: readonly Deployment[]) => Figure) =>
    ofTold(deployments, unit, (all) => figure(all.filter(({ at }) => isWithin(at, window))));
  return {
    deploymentFrequency: of("per-day", (all) =>
      known("per-day", all.length / daysOf(window), commitsOf(all)),
    ),
    changeLeadTime: of("ms", (all) => leadTime(history, all)),
    changeFailRate: of("share", failRate),
    failedDeploymentRecoveryTime: of("ms", recoveryTime),
    deploymentReworkRate: of("share", (all) =>
      share(commitsOf(all.filter(({ repairs }) => repairs)), commitsOf(all), "nothing-deployed"),
    ),
  };
}

function commitsOf(deployments: readonly Deployment[]): readonly string[] {
  return deployments.map(({ commit }) => commit);
}

/** Of each deployed commit that is a merge: from the first commit of the change. */
function leadTime({ merges }: History, deployed: readonly Deployment[]): Figure {
  const byCommit = new Map(merges.map((merge) => [merge.commit, merge]));
  const timed = deployed.flatMap(({ commit, at }) => {
    const merge = byCommit.get(commit);
    return merge?.begunAt === undefined
      ? []
      : [{ id: merge.id, value: millisecondsBetween(merge.begunAt, at) }];
  });
  return median("ms", timed, deployed.length === 0 ? "nothing-deployed" : "no-authors");
}

/** If nobody could look, the failure is unknown, so the deployment counts on neither side. */
function failRate(deployed: readonly Deployment[]): Figure {
  const seen = deployed.filter(({ outcome }) => outcome !== "unknown");
  const failed = seen.filter(({ outcome }) => outcome === "failed");
  return share(commitsOf(failed), commitsOf(seen), "nothing-deployed");
}

/** A deployment that has not recovered has no time, so the median is unknown until then. */
function recoveryTime(deployed: readonly Deployment[]): Figure {
  const failed = deployed.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) {
    return unknown("ms", deployed.length === 0 ? "nothing-deployed" : "nothing-failed");
  }
  const recovered = failed.flatMap(({ commit, at, recoveredAt }) =>
    recoveredAt === undefined ? [] : [{ id: commit, value: millisecondsBetween(at, recoveredAt) }],
  );
  return recovered.length < failed.length
    ? unknown("ms", "not-recovered")
    : median("ms", recovered, "nothing-failed");
}
