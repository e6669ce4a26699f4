import type { PerformanceOptions, Probe } from "./options.ts";
import { powerOf } from "./power.ts";
import {
  alarmsAmong,
  leastProbability,
  medianOf,
  probabilityOfHigher,
  ratioOf,
} from "./rank-test.ts";
import type { MeasuredRun } from "./runs.ts";

export interface JudgedSize {
  readonly kind: "size";
  readonly name: string;
  readonly bytes: number;
  readonly gzip: number;
  /** The previous run with this measure; absent if there is none. */
  readonly before?: { readonly commit: string; readonly gzip: number };
  readonly limit?: number;
  /** Its fault, if any. */
  readonly worse?: "grew" | "over-limit";
}

export interface JudgedProbe {
  readonly kind: "probe";
  readonly probe: Probe;
  /** The median of this run. */
  readonly median: number;
  /** Medians of runs, those of `recent` with this one last. */
  readonly recent: readonly number[];
  readonly before: readonly number[];
  /** Commits of `recent`, in order. */
  readonly commits: readonly string[];
  readonly found: (Found & { readonly power: number }) | Unable;
}

/** What the test says. */
interface Found {
  readonly kind: "tested";
  readonly probability: number;
  /** The factor of the change; inverted for values that should be high. */
  readonly ratio: number;
  readonly isWorse: boolean;
}

/** Why it cannot say anything. */
type Unable =
  /** `missing` runs more are needed before an alarm is possible. */
  | { readonly kind: "too-few-runs"; readonly missing: number }
  /** A median is not above 0, and ratios need positive numbers. */
  | { readonly kind: "not-positive" };

type LinedUp = Omit<JudgedProbe, "found">;

/** A size is exact, so it is compared with the newest earlier run that measured it. */
export function judgeSizes(
  options: PerformanceOptions,
  before: readonly MeasuredRun[],
  now: MeasuredRun,
): readonly JudgedSize[] {
  return options.sizes.flatMap((size) => {
    const measured = now.sizes[size.name];
    return measured === undefined ? [] : [judgeSize(size, measured, before)];
  });
}

function judgeSize(
  { name, growth, limit }: PerformanceOptions["sizes"][number],
  { bytes, gzip }: { readonly bytes: number; readonly gzip: number },
  runs: readonly MeasuredRun[],
): JudgedSize {
  const [last] = runs
    .toReversed()
    .flatMap(({ commit, sizes }) =>
      sizes[name] === undefined ? [] : [{ commit, gzip: sizes[name].gzip }],
    );
  const size: JudgedSize = {
    ...{ kind: "size", name, bytes, gzip },
    ...(last === undefined ? {} : { before: last }),
    ...(limit === undefined ? {} : { limit }),
  };
  if (limit !== undefined && gzip > limit) return { ...size, worse: "over-limit" };
  const grew = last !== undefined && gzip > last.gzip * (1 + growth);
  return grew ? { ...size, worse: "grew" } : size;
}

/** Every probe, with how often a change of twice its least effect would be noticed. */
export function judgeProbes(
  options: PerformanceOptions,
  before: readonly MeasuredRun[],
  now: MeasuredRun,
): readonly JudgedProbe[] {
  const tested = testProbes(options, before, now);
  const able = tested.filter(({ found }) => found.kind === "tested").length;
  return tested.map((one) => {
    const { found } = one;
    if (found.kind !== "tested") return { ...one, found };
    return { ...one, found: { ...found, power: powerFor(one, options, able) } };
  });
}

/**
 * Tests the newest runs against earlier ones. A run is one observation, the median of its numbers, because they share
 * its machine and its hour. All probes together raise false alarms at most as often as `alpha`.
 */
export function testProbes(
  options: PerformanceOptions,
  before: readonly MeasuredRun[],
  now: MeasuredRun,
): readonly (LinedUp & { readonly found: Found | Unable })[] {
  const lined = options.probes.flatMap((probe) => lineUp(probe, options, [...before, now]));
  const able = lined.filter((one) => unableOf(one, options) === undefined);
  const tested = able.map((one) => ({ one, ...testOf(one) }));
  const alarms = alarmsAmong(
    tested.map(({ probability }) => probability),
    options.alpha,
  );
  const told = new Map(
    tested.map(({ one, probability, ratio }, index) => {
      const isWorse = alarms[index] === true && ratio >= 1 + one.probe.effect;
      return [one, { kind: "tested", probability, ratio, isWorse }] as const;
    }),
  );
  return lined.flatMap((one) => {
    const found = told.get(one) ?? unableOf(one, options);
    return found === undefined ? [] : [{ ...one, found }];
  });
}

/** All probes that can tell share `alpha`. */
function powerFor(
  { probe, recent, before }: LinedUp,
  { alpha }: PerformanceOptions,
  able: number,
): number {
  return powerOf(towardsHigher(probe, before), {
    ...{ recent: recent.length, effect: probe.effect, threshold: alpha / able },
  });
}

function unableOf({ recent, before }: LinedUp, options: PerformanceOptions): Unable | undefined {
  if ([...recent, ...before].some((median) => median <= 0)) return { kind: "not-positive" };
  const missing = missingRuns(options, before.length);
  return missing === 0 ? undefined : { kind: "too-few-runs", missing };
}

/** Medians of the runs in order, split into recent and earlier ones. */
function lineUp(
  probe: Probe,
  options: PerformanceOptions,
  runs: readonly MeasuredRun[],
): readonly LinedUp[] {
  const known = runs.flatMap(({ commit, probes }) => {
    const values = probes[probe.name];
    return values === undefined ? [] : [{ commit, median: medianOf(values) }];
  });
  const last = known.at(-1);
  if (runs.at(-1)?.probes[probe.name] === undefined || last === undefined) return [];
  const recent = known.slice(-options.recent);
  const before = known.slice(0, -options.recent).slice(-options.window);
  return [
    {
      ...{ kind: "probe", probe, median: last.median },
      recent: recent.map(({ median }) => median),
      before: before.map(({ median }) => median),
      commits: recent.map(({ commit }) => commit),
    },
  ];
}

/** How many runs are missing before an alarm is possible, if the recent ones are complete. */
function missingRuns({ alpha, recent, probes }: PerformanceOptions, before: number): number {
  let enough = before;
  while (leastProbability(recent, enough) > alpha / probes.length) enough += 1;
  return enough - before;
}

function testOf({ probe, recent, before }: LinedUp): {
  readonly probability: number;
  readonly ratio: number;
} {
  const [new_, old] = [towardsHigher(probe, recent), towardsHigher(probe, before)];
  return { probability: probabilityOfHigher(new_, old), ratio: ratioOf(new_, old) };
}

/** Makes higher worse: a value that should be high is inverted. */
function towardsHigher({ better }: Probe, values: readonly number[]): readonly number[] {
  return better === "lower" ? values : values.map((value) => 1 / value);
}
