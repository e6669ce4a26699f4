import { z } from "zod";
import { Digest } from "../digest.ts";
import { millisecondsBetween } from "../text/time.ts";
import type { Incident } from "./incident.ts";

const Time = z.iso.datetime();
const Release = z.string().min(1).max(200);
const MOST_HOURS = 24;
const MOST_RELEASES = 20;
const MOST_RETURNS = 20;

/**
 * What is remembered of an incident between two runs. Times are the factory's own clock. A run that comes within a minute of
 * the last writes nothing and is not counted, and of a burst GitHub keeps two runs: `count` is a least number.
 */
export const Pulse = z.strictObject({
  version: z.literal(1),
  fingerprint: Digest,
  count: z.int().positive(),
  first: Time,
  last: Time,
  /** How often it was written in each of the last hours in which it was seen, the latest last. */
  hours: z
    .array(z.strictObject({ hour: z.string().length(13), count: z.int().positive() }))
    .min(1)
    .max(MOST_HOURS),
  /** Releases that showed it, the latest last. */
  releases: z.array(Release).max(MOST_RELEASES),
  /** The most that the source has counted by itself. */
  reported: z.int().positive().optional(),
  /** When it was seen again after its issue had been closed, or in a release that holds the fix. */
  returns: z.array(Time).max(MOST_RETURNS),
  /** When its issue was closed because it had not been seen for long; absent since it came back, and before. */
  resolved: Time.optional(),
});
export type Pulse = z.infer<typeof Pulse>;

interface Seen {
  readonly now: string;
  readonly release?: Incident["release"] | undefined;
  readonly reported?: Incident["reported"] | undefined;
}

export function beginPulse(fingerprint: Digest, seen: Seen): Pulse {
  const { now, release, reported } = seen;
  return {
    version: 1,
    fingerprint,
    count: 1,
    first: now,
    last: now,
    hours: [{ hour: hourOf(now), count: 1 }],
    releases: release === undefined ? [] : [release],
    ...(reported === undefined ? {} : { reported }),
    returns: [],
  };
}

/** The pulse with one more sight of it. */
export function beat(pulse: Pulse, seen: Seen & { readonly returned: boolean }): Pulse {
  const { now, release, reported = 0, returned } = seen;
  const most = Math.max(pulse.reported ?? 0, reported);
  const releases =
    release === undefined
      ? pulse.releases
      : [...pulse.releases.filter((known) => known !== release), release].slice(-MOST_RELEASES);
  const { resolved, ...known } = pulse;
  return {
    ...known,
    ...(resolved === undefined || returned ? {} : { resolved }),
    count: pulse.count + 1,
    last: now,
    hours: withHour(pulse.hours, hourOf(now)),
    releases,
    ...(most === 0 ? {} : { reported: most }),
    returns: (returned ? [...pulse.returns, now] : pulse.returns).slice(-MOST_RETURNS),
  };
}

/** One edit a minute: what comes sooner is left out of the count. A clock that ran backwards waits as well. */
export function mayBeat(pulse: Pulse, now: string): boolean {
  return millisecondsBetween(pulse.last, now) >= 60_000;
}

/**
 * Whether a sight of an incident whose issue is closed means that it has come back. A release that showed it before is an old
 * one that still runs somewhere; where no release is named, nobody can tell, and the issue is opened again.
 */
export function hasReturned(pulse: Pulse, release: string | undefined): boolean {
  return release === undefined || !pulse.releases.includes(release);
}

const HOUR_MS = 3_600_000;

/** Whether it has not been seen for so many hours, counted from when its fix was seen live. */
export function isQuiet(
  pulse: Pulse,
  { hours, since, now }: { readonly hours: number; readonly since: string; readonly now: string },
): boolean {
  return [pulse.last, since].every((at) => millisecondsBetween(at, now) >= hours * HOUR_MS);
}

export type Severity = "low" | "medium" | "high";

/** Minutes of an hour in which it was seen, from which on it is this severe. */
export const SEVERE_FROM = { medium: 5, high: 20 } as const;

/** By rate: the busiest of the last hours. At most one sight is counted a minute, so an hour holds at most sixty. */
export function severityOf({ hours }: Pulse): Severity {
  const busiest = Math.max(...hours.map(({ count }) => count));
  if (busiest >= SEVERE_FROM.high) return "high";
  return busiest >= SEVERE_FROM.medium ? "medium" : "low";
}

function withHour(hours: Pulse["hours"], hour: string): Pulse["hours"] {
  const last = hours.at(-1);
  if (last?.hour !== hour) return [...hours, { hour, count: 1 }].slice(-MOST_HOURS);
  return [...hours.slice(0, -1), { hour, count: last.count + 1 }];
}

/** The first thirteen characters of an ISO 8601 time in UTC name its hour. */
function hourOf(at: string): string {
  return at.slice(0, 13);
}
