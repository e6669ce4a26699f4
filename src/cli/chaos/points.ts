import { FAULT_NAMES } from "../../twin/github/faults/faults.ts";
import type { Boundary } from "../in-process/job.ts";
import type { Disturbance } from "./disturbance.ts";
import type { Counted } from "./floor.ts";
import type { Line } from "./lines.ts";

/** Everything that can go wrong once in a life that has so many requests, jobs and events. */
export function pointsOf(counted: Counted, { mostPoints }: Line): readonly Disturbance[] {
  const all: readonly Disturbance[] = [
    ...ordinals(counted.requests).flatMap((request): readonly Disturbance[] =>
      FAULT_NAMES.map((kind) => ({ kind: "request", fault: { request, kind } })),
    ),
    ...ordinals(counted.jobs).flatMap((job): readonly Disturbance[] =>
      boundariesOf(counted, job).flatMap((at) =>
        (["job", "run"] as const).map((reach) => ({ kind: "job", job, at, reach })),
      ),
    ),
    ...ordinals(counted.events).flatMap((event): readonly Disturbance[] =>
      (["twice", "twice-at-once", "late", "lost"] as const).map((how) => {
        return { kind: "webhook", event, how };
      }),
    ),
    { kind: "heartbeats-at-once" },
    { kind: "clock-skew", ms: 240_000 },
    { kind: "clock-skew", ms: -240_000 },
    { kind: "lists-lag", ms: 5_000 },
    { kind: "lists-lag", ms: 60_000 },
  ];
  return mostPoints === undefined ? all : evenly(all, mostPoints);
}

/** A job of one step has none between two. */
function boundariesOf({ parted }: Counted, job: number): readonly Boundary[] {
  return parted.includes(job) ? ["begins", "between", "ends"] : ["begins", "ends"];
}

function ordinals(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** So many of them, at even distances from the first one on. */
export function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  const count = Math.min(items.length, most);
  return Array.from({ length: count }, (_, index) => {
    return items[Math.floor((index * items.length) / count)] as Item;
  });
}
