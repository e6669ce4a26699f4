import { nearestKey } from "../../domain/config/faults.ts";
import { FAULT_NAMES } from "../../twin/github/faults/faults.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Boundary } from "../in-process/job.ts";
import { type Disturbance, sayDisturbance } from "./disturbance.ts";
import type { Counted } from "./floor.ts";

/** What can go wrong once at each request, at each job and at each event of a life, and what lies over all of it. */
interface Places {
  readonly requests: readonly (readonly Disturbance[])[];
  readonly jobs: readonly (readonly Disturbance[])[];
  readonly events: readonly (readonly Disturbance[])[];
  readonly overAll: readonly Disturbance[];
}

/** Everything that can go wrong once in a life that has so many requests, jobs and events. */
export function pointsOf(counted: Counted, mostPoints?: number): readonly Disturbance[] {
  const places = placesOf(counted);
  const all = [places.requests, places.jobs, places.events].flat(2);
  const count = all.length + places.overAll.length;
  return mostPoints === undefined || mostPoints >= count
    ? [...all, ...places.overAll]
    : spread(places, mostPoints);
}

function placesOf(counted: Counted): Places {
  return {
    requests: ordinals(counted.requests).map((request) =>
      FAULT_NAMES.map((kind) => ({ kind: "request", fault: { request, kind } })),
    ),
    jobs: ordinals(counted.jobs).map((job) =>
      boundariesOf(counted, job).flatMap((at) =>
        (["job", "run"] as const).map((reach) => ({ kind: "job", job, at, reach }) as const),
      ),
    ),
    events: ordinals(counted.events).map((event) =>
      (["twice", "twice-at-once", "late", "lost"] as const).map((how) => {
        return { kind: "webhook", event, how } as const;
      }),
    ),
    overAll: [
      { kind: "heartbeats-at-once" },
      { kind: "clock-skew", ms: 240_000 },
      { kind: "clock-skew", ms: -240_000 },
      { kind: "lists-lag", ms: 5_000 },
      { kind: "lists-lag", ms: 60_000 },
    ],
  };
}

/** A job of one step has none between two. */
function boundariesOf({ parted }: Counted, job: number): readonly Boundary[] {
  return parted.includes(job) ? ["begins", "between", "ends"] : ["begins", "ends"];
}

function ordinals(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** So many of them: all that lies over a life, and of the rest each kind of place by its share, one at least. */
function spread({ requests, jobs, events, overAll }: Places, most: number): readonly Disturbance[] {
  const left = most - overAll.length;
  const size = [requests, jobs, events].flat(2).length;
  const shareOf = (places: Places["jobs"]) =>
    Math.max(1, Math.floor((left * places.flat().length) / size));
  const [ofJobs, ofEvents] = [shareOf(jobs), shareOf(events)];
  return [
    ...evenly(requests, left - ofJobs - ofEvents),
    ...evenly(jobs, ofJobs),
    ...evenly(events, ofEvents),
    ...overAll,
  ];
}

/** So many items of as many places as there are, at even distances, by turns the first of a place, the second and so on. */
export function evenly<Item>(places: readonly (readonly Item[])[], most: number): readonly Item[] {
  const found = ordinals(most).flatMap((ordinal) => {
    const place = places[Math.floor(((ordinal - 1) * places.length) / most)] ?? [];
    const item = place[(ordinal - 1) % place.length];
    return item === undefined ? [] : [item];
  });
  return [...new Set(found)];
}

/** A life with one of each: the kinds of points do not hang on how long it is. */
const SHORTEST: Counted = { requests: 1, jobs: 1, parted: [1], events: 1, deploys: 0 };
const ORDINAL = /^(request|job|event) [1-9]\d*,/;

/**
 * Asks whether any life has a point of this kind, before one is played; undefined where none is named.
 * @throws UsageError with the nearest name
 */
export function assertNamesPoint(only: string | undefined): void {
  if (only === undefined) return;
  const known = pointsOf(SHORTEST).map(sayDisturbance);
  if (known.includes(only.replace(ORDINAL, "$1 1,"))) return;
  const nearest = nearestKey(only, known);
  const next = nearest === undefined ? `known: ${known.join("; ")}` : `did you mean "${nearest}"?`;
  throw new UsageError(`--only: no point is named "${only}"; ${next}`);
}
