import type { SimulateArguments } from "./arguments.ts";
import { type Figures, figuresOf } from "./figures.ts";
import type { Played } from "./play.ts";

/** What `--json` prints. */
export interface SimulateResult {
  readonly ok: boolean;
  readonly plan: SimulateArguments["plan"];
  readonly requestsFrom: SimulateArguments["requestsFrom"];
  readonly scheduled?: Figures;
  readonly firstInFirstOut: Figures;
  /** Collisions of changes under way that the schedule saved against first in, first out. */
  readonly conflictsAvoided?: number;
}

/** It holds where it was scheduled; what first in, first out would have come to stands beside it. */
export function resultOf(asked: SimulateArguments, played: readonly Played[]): SimulateResult {
  const flat = played.find(({ plan }) => plan.policy === "first-in-first-out");
  const figures = played.map((one) => figuresOf(one, flat));
  const scheduled = figures.find(({ policy }) => policy === "scheduled");
  const firstInFirstOut = figures.find(({ policy }) => policy === "first-in-first-out");
  if (firstInFirstOut === undefined) throw new Error("First in, first out is played each time.");
  const kept = scheduled === undefined ? [firstInFirstOut] : [scheduled];
  const ok = kept.every(
    ({ lost, starved, violations }) => lost === 0 && starved === 0 && violations.length === 0,
  );
  return {
    ok,
    plan: asked.plan,
    requestsFrom: asked.requestsFrom,
    ...(scheduled === undefined
      ? {}
      : {
          scheduled,
          conflictsAvoided: firstInFirstOut.reruns.built - scheduled.reruns.built,
        }),
    firstInFirstOut,
  };
}
