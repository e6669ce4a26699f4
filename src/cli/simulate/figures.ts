import {
  loadToKeep,
  type Places,
  type Promised,
  shareLate,
  slotsToKeep,
  startedAfter,
} from "./erlang.ts";
import type { Bill } from "./phases.ts";
import type { Played, PolicyName } from "./play.ts";
import { GITHUB } from "./profile.ts";
import type { Tally } from "./tally.ts";

const HOUR = 3_600;
/**
 * An issue is starved if it starts this much later than by first in, first out. Priorities rise while an issue waits
 * (`control/schedule/rank.ts`), so it is overtaken for about a day. How long all wait depends on the load.
 */
const STARVED = 2 * 86_400;
/** What is wanted of a queue that is not full: nearly everybody starts at once. */
export const WANTED: Promised = { share: 0.95, seconds: 60 };
/** By which sums of fractions may differ from what they are. */
const A_TRIFLE = 1e-6;

/** What came of one policy. Times in seconds. */
export interface Figures {
  readonly policy: PolicyName;
  readonly merged: number;
  readonly givenUp: number;
  readonly lost: number;
  readonly starved: number;
  /** Merged while issues came, in an hour over all repositories. */
  readonly mergedPerHour: number;
  /** Of the slots, the part that was busy while issues came. */
  readonly load: number;
  /** Until the first start. */
  readonly wait: {
    readonly p50: number;
    readonly p95: number;
    readonly most: number;
    /** The part that started within a minute. */
    readonly withinMinute: number;
  };
  readonly chance: ByChance;
  /** How often a change stood when others had been merged since it was begun, or examined; `perAttempt`: of those that held a place. */
  readonly moved: { readonly count: number; readonly perAttempt: number };
  /** Changes made again because they collided: while they were built (`share` of what was merged), and while a person was asked. */
  readonly reruns: {
    readonly built: number;
    readonly asked: number;
    readonly share: number;
    /** Of both, among what was merged. */
    readonly shareOfAll: number;
  };
  readonly requests: { readonly perHour: number; readonly peak: number; readonly delayP95: number };
  readonly creations: { readonly peakPerHour: number; readonly peakPerMinute: number };
  readonly jobs: { readonly count: number; readonly peak: number; readonly minutes: number };
  readonly usd: { readonly runners: number; readonly model: number; readonly perMerge: number };
  /** Hours until the last issue was done. */
  readonly drainedAfter: number;
  readonly violations: readonly string[];
  /** Milliseconds of this machine: all of it, the processor's, the schedule's part, and its slowest answer. */
  readonly compute: {
    readonly ms: number;
    readonly cpuMs: number;
    readonly scheduleMs: number;
    readonly slowestMs: number;
  };
}

/** What Erlang's C says of these places at this load, which no order of starting can mend. */
export interface ByChance {
  /** Seconds that one attempt held its place, on average. */
  readonly heldFor: number;
  /** Seconds after which 95 of 100 have started, first in, first out; null where more comes than is done. */
  readonly p95: number | null;
  /** The part that waits longer than a minute in any order. */
  readonly late: number;
  /** Places that keep 95 of 100 within a minute at this load; null where none do. */
  readonly slotsForMinute: number | null;
  /** The highest load at which these places do. */
  readonly loadForMinute: number;
}

/** @param flat the same day, first in, first out, which tells whom others overtook; without it each wait counts whole */
export function figuresOf(played: Played, flat?: Played): Figures {
  const { plan, tally, bill } = played;
  const waits = [...tally.waits.values()].toSorted((one, other) => one - other);
  const merged = tally.mergedAt.length;
  const coming = plan.hours * HOUR;
  const busy = played.samples.filter(({ at }) => at <= coming).map(({ building }) => building);
  const load = round(mean(busy) / (plan.slots * plan.repositories), 3);
  const within = waits.filter((wait) => wait <= WANTED.seconds).length;
  const heldFor = tally.heldFor / Math.max(1, tally.attempts);
  return {
    policy: plan.policy,
    merged,
    givenUp: tally.givenUp,
    lost: plan.issues - merged - tally.givenUp,
    starved: starvedIn(tally, flat),
    mergedPerHour: round(tally.mergedAt.filter((at) => at <= coming).length / plan.hours),
    load,
    wait: {
      p50: at(waits, 0.5),
      p95: at(waits, 0.95),
      most: round(waits.at(-1) ?? 0),
      withinMinute: round(within / Math.max(1, waits.length), 3),
    },
    chance: chanceOf({ slots: plan.slots, load, heldFor }),
    moved: { count: tally.moved, perAttempt: round(tally.moved / Math.max(1, tally.attempts), 2) },
    reruns: rerunsOf(tally),
    ...askedOf(played),
    jobs: { count: bill.jobs, peak: played.peakJobs, minutes: bill.minutes },
    usd: moneyOf(bill, merged),
    drainedAfter: round(played.endedAt / HOUR),
    violations: violationsOf(played),
    compute: {
      ms: Math.round(played.computeMs),
      cpuMs: Math.round(played.cpuMs),
      scheduleMs: Math.round(tally.scheduleMs),
      slowestMs: round(tally.slowestMs),
    },
  };
}

function starvedIn({ waits }: Tally, flat: Played | undefined): number {
  const later = [...waits].map(([issue, wait]) => wait - (flat?.tally.waits.get(issue) ?? 0));
  return later.filter((seconds) => seconds > STARVED).length;
}

function chanceOf(places: Places): ByChance {
  const p95 = startedAfter(places, WANTED.share);
  return {
    heldFor: round(places.heldFor),
    p95: Number.isFinite(p95) ? round(p95) : null,
    late: round(shareLate(places, WANTED.seconds), 3),
    slotsForMinute: slotsToKeep(places, WANTED) ?? null,
    loadForMinute: loadToKeep(places, WANTED),
  };
}

function rerunsOf({ reruns, lateReruns, mergedAt }: Tally): Figures["reruns"] {
  const merged = Math.max(1, mergedAt.length);
  return {
    built: reruns,
    asked: lateReruns,
    share: round(reruns / merged, 3),
    shareOfAll: round((reruns + lateReruns) / merged, 3),
  };
}

function askedOf({ quotas, bill, plan }: Played): Pick<Figures, "requests" | "creations"> {
  const hours = quotas.flatMap(({ requests }) => requests.counts());
  const coming = quotas.flatMap(({ requests }) => requests.counts().slice(0, plan.hours));
  return {
    requests: {
      perHour: round(mean(coming)),
      peak: Math.max(0, ...hours),
      delayP95: at(
        bill.limitWaits.toSorted((one, other) => one - other),
        0.95,
      ),
    },
    creations: {
      peakPerHour: most(quotas.flatMap(({ creations }) => creations.counts())),
      peakPerMinute: most(quotas.flatMap(({ creationsPerMinute }) => creationsPerMinute.counts())),
    },
  };
}

function moneyOf({ runnerUsd, modelUsd }: Bill, merged: number): Figures["usd"] {
  const perMerge = (runnerUsd + modelUsd) / Math.max(1, merged);
  return { runners: round(runnerUsd, 2), model: round(modelUsd, 2), perMerge: round(perMerge, 2) };
}

/** What was promised and not kept, recounted from what was recorded. */
function violationsOf(played: Played): readonly string[] {
  const { plan, tally, quotas, repositories, peakJobs } = played;
  const bounds: readonly (readonly [string, number, number])[] = [
    [
      "requests an hour",
      most(quotas.flatMap((one) => one.requests.counts())),
      GITHUB.requestsPerHour,
    ],
    [
      "creations an hour",
      most(quotas.flatMap((one) => one.creations.counts())),
      GITHUB.creationsPerHour,
    ],
    [
      "creations a minute",
      most(quotas.flatMap((one) => one.creationsPerMinute.counts())),
      GITHUB.creationsPerMinute,
    ],
    ["jobs at a time", peakJobs, plan.jobs],
    ["issues built at a time", tally.peakBuilt, plan.slots],
    ["USD a day", most(repositories.flatMap(({ spent }) => [...spent.values()])), plan.usdPerDay],
  ];
  return bounds.flatMap(([what, found, bound]) =>
    found > bound + A_TRIFLE ? [`${what}: ${found} of ${bound}`] : [],
  );
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((highest, number) => Math.max(highest, number), 0);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

function at(sorted: readonly number[], share: number): number {
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
