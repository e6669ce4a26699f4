import type { Measures } from "./gathered.ts";
import type { Guard, Loop } from "./loop.ts";

/** A guard that got worse, with both figures. */
export interface Worsened {
  readonly measure: string;
  readonly from: number;
  readonly to: number;
}

/** Result of the guards: the first that worsened, the first that is unknown, or that all hold. */
export type GuardsSay =
  | { readonly kind: "hold" }
  | { readonly kind: "worsened"; readonly worsened: Worsened }
  | { readonly kind: "unknown"; readonly measure: string };

/**
 * Compares guarded measures with those before the loop acted. A guard that was never measured has no earlier figure to
 * compare. One that is no longer measured is unknown, and unknown refuses.
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

/** The guarded figures of the first run, or of the run after a person resumed it; each is taken once. */
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

/** A foreign name in a record must never reach its prototype. */
export function figureOf(measures: Measures, name: string): number | undefined {
  return Object.hasOwn(measures, name) ? measures[name] : undefined;
}
