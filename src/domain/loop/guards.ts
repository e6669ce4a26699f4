import type { Measures } from "./gathered.ts";
import type { Guard, Loop } from "./loop.ts";

/** A guard that is worse than it was, with both figures. */
export interface Worsened {
  readonly measure: string;
  readonly from: number;
  readonly to: number;
}

/** What the guards say: the first that worsened, or the first that nobody can tell, or that all hold. */
export type GuardsSay =
  | { readonly kind: "hold" }
  | { readonly kind: "worsened"; readonly worsened: Worsened }
  | { readonly kind: "unknown"; readonly measure: string };

/**
 * Compares guarded measures with what they were before the loop acted. A guard that was never measured has nothing to be
 * worse than; one that was measured and is not any more is unknown, and unknown refuses.
 */
export function judgeGuards(
  guards: readonly Guard[],
  { before, now }: { readonly before: Measures; readonly now: Measures },
): GuardsSay {
  const unknown = guards.find(({ measure }) => figureOf(now, measure) === undefined);
  for (const guard of guards) {
    const worsened = worsenedBy(guard, { before, now });
    if (worsened !== undefined) return { kind: "worsened", worsened };
  }
  return unknown === undefined ? { kind: "hold" } : { kind: "unknown", measure: unknown.measure };
}

function worsenedBy(
  { measure, worse, by }: Guard,
  { before, now }: { readonly before: Measures; readonly now: Measures },
): Worsened | undefined {
  const from = figureOf(before, measure);
  const to = figureOf(now, measure);
  if (from === undefined || to === undefined) return undefined;
  const further = worse === "higher" ? to - from : from - to;
  return further > by ? { measure, from, to } : undefined;
}

/** The guarded figures of the first run, or of the run that a person let go on; each is taken once. */
export function baselineOf(
  { guards }: Pick<Loop, "guards">,
  { before, now }: { readonly before: Measures; readonly now: Measures },
): Measures {
  return Object.fromEntries(
    guards.flatMap(({ measure }) => {
      const value = figureOf(before, measure) ?? figureOf(now, measure);
      return value === undefined ? [] : [[measure, value]];
    }),
  );
}

/** What stands in a record under a name of others is never its prototype's. */
export function figureOf(measures: Measures, name: string): number | undefined {
  return Object.hasOwn(measures, name) ? measures[name] : undefined;
}
