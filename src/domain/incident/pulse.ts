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
 * Memory of an incident between two runs. Times are by the factory's own clock. A run within a minute of the last writes
 * nothing and is not counted, and GitHub keeps two runs of a burst, so `count` is a minimum.
 */
export const Pulse = z.strictObject({
  version: z.literal(1),
  fingerprint: Digest,
  count: z.int().positive(),
  first: Time,
  last: Time,
  /** How often it was written in each of the last hours with a sighting, the latest last. */
  hours: z
    .array(z.strictObject({ hour: z.string().length(13), count: z.int().positive() }))
    .min(1)
    .max(MOST_HOURS),
  /** Releases that showed it, the latest last. */
  releases: z.array(Release).max(MOST_RELEASES),
  /** The source's highest own count. */
  reported: z.int().positive().optional(),
  /** When it was seen again after its issue was closed, or in a release that contains the fix. */
  returns: z.array(Time).max(MOST_RETURNS),
  /** When its issue was closed because of long silence; absent before that, and since it came back. */
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

/** The pulse with one more sighting. */
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

/** One edit a minute; sooner sightings are not counted. A clock that ran backwards also waits. */
export function mayBeat(pulse: Pulse, now: string): boolean {
  return millisecondsBetween(pulse.last, now) >= 60_000;
}

/**
 * Whether a sighting of an incident with a closed issue means that it returned. A release that showed it before is an
 * old one that still runs somewhere. Without a release that is unknown, and the issue is reopened.
 */
export function hasReturned(pulse: Pulse, release: string | undefined): boolean {
  return release === undefined || !pulse.releases.includes(release);
}

const HOUR_MS = 3_600_000;

/** Whether it has not been seen for this many hours, counted from when its fix was seen live. */
export function isQuiet(
  pulse: Pulse,
  { hours, since, now }: { readonly hours: number; readonly since: string; readonly now: string },
): boolean {
  return [pulse.last, since].every((at) => millisecondsBetween(at, now) >= hours * HOUR_MS);
}

export type Severity = "low" | "medium" | "high";

/** The least minutes of an hour with sightings for each severity. */
export const SEVERE_FROM = { medium: 5, high: 20 } as const;

/** By rate: the busiest of the last hours. At most one sighting a minute counts, so an hour has at most sixty. */
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
