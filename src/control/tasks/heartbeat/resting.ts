import { hoursAnsweredFor, isQuiet } from "../../../domain/config/quiet-hours.ts";
import type { OpenIssue, PullRequestState } from "../../../domain/github/snapshot.ts";
import { stagesOf } from "../../../domain/label.ts";
import { leaseOfBranch } from "../../../domain/lease.ts";
import { AT_FACTORY, type Stage } from "../../../domain/stage.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import type { View } from "../../observed/issue-view.ts";
import { issuesBehind } from "../../observed/turns/behind.ts";

/** Where a person is next, and what they did may have been lost: whoever is rung for looks, and says nothing. */
const WATCHED: readonly Stage[] = ["gating"];
/** Stages at which a person was asked. Once a day, for a limited time, a ring checks whether to remind them. */
const ASKED: readonly Stage[] = ["needs-human", "gating"];
/** The stage of an issue that an andon stopped. Once the andon is lowered, only the factory is next. */
const BLOCKED: readonly Stage[] = ["blocked"];
export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ASKED_FOR_MS = 10 * DAY_MS;
/** Longer than most jobs that hold an issue at one of these stages. A ring during such a job changes nothing. */
export const FORGOTTEN_AFTER_MS = 2 * HOUR_MS;
/** From here on ringing has not helped: three beats of an hourly schedule have passed. */
export const GIVEN_UP_AFTER_MS = 5 * HOUR_MS;
/** Hourly beats between the two. */
const BEATS_OF_RINGS = 3;
/** The most rings of each kind in one beat, the longest forgotten first. The others wait for the next beat. */
export const MOST_RINGS = 3;

/** Issues to ring for in one beat, and issues that ringing has not helped. */
export interface Found {
  readonly found: readonly number[];
  readonly lost: readonly Resting[];
}

/** Open issues on which nobody works although somebody should, up to the limit of each kind. */
export function findResting(view: View, listed: Listed): Found {
  const resting = restingIssues(view, listed);
  const at = (stages: readonly Stage[]) =>
    resting.filter(({ issue }) => standsAt(view, issue, stages));
  const isDeploying = ({ issue }: Resting) => waitsForDeploy(view, issue);
  // An issue that rests at the factory's own stage was forgotten by a run that died or never came.
  const waiting = at(AT_FACTORY).filter((one) => !isDeploying(one));
  const lost = waiting.filter(({ restedMs }) => restedMs >= GIVEN_UP_AFTER_MS);
  // With labels of two stages, the ledger decides.
  const mixed = resting.filter(({ issue }) => stagesOf(view.prefix, issue.labels).length > 1);
  const watched = [...waiting, ...at(WATCHED), ...mixed].filter(
    ({ restedMs }) => restedMs < GIVEN_UP_AFTER_MS,
  );
  // An issue that was given up may only have missed its beats, so it gets a ring once a day.
  const asked = at(ASKED);
  const { quietHours } = view.config;
  // Nobody is reminded in quiet hours. The first beats afterwards make up for those of the night.
  const answeredMs = HOUR_MS * hoursAnsweredFor(quietHours, view.now, BEATS_OF_RINGS);
  const daily = [
    ...asked.filter(({ restedMs }) => isDaily(restedMs, answeredMs)),
    ...lost.filter(({ restedMs }) => isDaily(restedMs, HOUR_MS)),
  ];
  // An issue that came to rest in quiet hours, and has not moved since, may have called nobody.
  const quietly = asked.filter(
    ({ issue, restedMs }) => restedMs < ASKED_FOR_MS && cameQuietly(view, issue),
  );
  const unasked = isBurst(quietly)
    ? quietly
    : quietly.filter(({ restedMs }) => restedMs < answeredMs);
  // A burst exceeds what can be rung for in time. No issue is given up without a ring, so that each gets its turn.
  const burst = isBurst(waiting) ? lost : [];
  const closed = listed.open.filter((issue) => lostItsPull(view, issue)).map(restedOf(view));
  const inTurns = [resting.filter(isDeploying), at(BLOCKED), burst, unasked, closed].flatMap(
    (kind) => inTurn(kind, view.now),
  );
  const rung = [watched, daily].flatMap((kind) => kind.slice(0, MOST_RINGS));
  const known = new Set(listed.open.map(({ number }) => number));
  const behind = issuesBehind(view, FORGOTTEN_AFTER_MS).filter(({ number }) => known.has(number));
  return {
    found: [...[...rung, ...inTurns].map(({ issue }) => issue), ...inTurn(behind, view.now)].map(
      ({ number }) => number,
    ),
    lost,
  };
}

/** Whether there are more issues than can be rung for in time. */
function isBurst(issues: readonly Resting[]): boolean {
  return issues.length > MOST_RINGS * BEATS_OF_RINGS;
}

export interface Listed {
  readonly open: readonly OpenIssue[];
  /** Issues that wait for their turn. They were not forgotten. */
  readonly inLine: ReadonlySet<number>;
}

/** The longest forgotten first. Most open issues do not belong to the factory, so nothing more is asked about them. */
function restingIssues(view: View, { open, inLine }: Listed): readonly Resting[] {
  return open
    .filter(({ number, labels }) => {
      return !inLine.has(number) && stagesOf(view.prefix, labels).length > 0;
    })
    .map(restedOf(view))
    .filter(
      ({ issue, restedMs }) =>
        waitsForDeploy(view, issue) ||
        standsAt(view, issue, BLOCKED) ||
        cameQuietly(view, issue) ||
        restedMs >= FORGOTTEN_AFTER_MS,
    )
    .toSorted((left, right) => right.restedMs - left.restedMs);
}

export interface Resting {
  readonly issue: OpenIssue;
  readonly restedMs: number;
}

function restedOf({ now }: View): (issue: OpenIssue) => Resting {
  return (issue) => ({ issue, restedMs: millisecondsBetween(issue.updatedAt, now) });
}

/**
 * A person was asked to merge, and the issue has no open pull request: they closed or merged it, which does not show on
 * the issue. Closing starts no run of ours, so this is where it is noticed.
 */
function lostItsPull(view: View, issue: OpenIssue): boolean {
  const isOwn = ({ head, fork, state }: PullRequestState) =>
    state === "open" && fork !== true && leaseOfBranch(head.branch)?.issue === issue.number;
  return standsAt(view, issue, WATCHED) && !view.snapshot.pullRequests.some(isOwn);
}

/** Whether it has not changed since quiet hours that are over. The person who is next may not have been called. */
function cameQuietly(view: View, issue: OpenIssue): boolean {
  const { quietHours } = view.config;
  return (
    standsAt(view, issue, ASKED) &&
    isQuiet(quietHours, issue.updatedAt) &&
    !isQuiet(quietHours, view.now)
  );
}

/** Whether this is the one beat of the day, while somebody may still be reminded. */
function isDaily(restedMs: number, answeredMs: number): boolean {
  return restedMs >= DAY_MS && restedMs < ASKED_FOR_MS && restedMs % DAY_MS < answeredMs;
}

/** A deployment may wait for a reviewer without limit, so every beat looks for it and never gives it up. */
function waitsForDeploy(view: View, issue: OpenIssue): boolean {
  return view.config.smoke.deploy?.status !== undefined && standsAt(view, issue, ["smoking"]);
}

/** Some of many, and others at the next beat, so that the longest waiting do not block the rest. */
export function inTurn<Item>(items: readonly Item[], now: string): readonly Item[] {
  const beats = Math.floor(millisecondsBetween("1970-01-01T00:00:00Z", now) / HOUR_MS);
  const first = items.length === 0 ? 0 : (beats * MOST_RINGS) % items.length;
  return [...items.slice(first), ...items.slice(0, first)].slice(0, MOST_RINGS);
}

/** Reads the label only, which shows the stage. The run that a ring starts reads the ledger. */
export function standsAt(
  { prefix }: View,
  { labels }: OpenIssue,
  wanted: readonly Stage[],
): boolean {
  const stages = stagesOf(prefix, labels);
  return stages.length === 1 && stages.every((stage) => wanted.includes(stage));
}
