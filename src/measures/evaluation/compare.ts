/** Result of one play of a case. */
export interface Outcome {
  /** It ended in the known good state. */
  readonly isGood: boolean;
  /** Uncached input and output together. */
  readonly tokens: number;
  readonly usd: number;
  /** Findings of reviewers, checks and people, over all attempts. */
  readonly findings: number;
}

/** A case, played equally often on both sides. Plays without a result do not count. */
export interface PlayedCase {
  readonly name: string;
  readonly before: readonly Outcome[];
  readonly after: readonly Outcome[];
}

export const MEASURES = ["success", "tokens", "usd", "findings"] as const;
export type EvalMeasure = (typeof MEASURES)[number];

/** A measure of both sides: the share that ended well, or the mean of a play. */
export interface Sides {
  readonly before: number;
  readonly after: number;
}

/**
 * The exact sign test over cases: of those that differ, how many are better, and how likely that is by chance alone,
 * two-sided. For success and one play a side it is McNemar's exact test. Plays of one case count together, because they
 * are not independent.
 */
export interface SignTest {
  readonly better: number;
  readonly worse: number;
  readonly same: number;
  readonly p: number;
  /** The smallest p that this many cases could give. Above the level, no result could show anything. */
  readonly least: number;
}

export interface Comparison {
  readonly cases: readonly { readonly name: string; readonly measures: Measures }[];
  /** Over all cases, each with the same weight. Null: no case was played on both sides. */
  readonly all: Measures | null;
  readonly tests: Readonly<Record<EvalMeasure, SignTest>>;
  /** Cases that were not played on both sides. */
  readonly unplayed: readonly string[];
}
export type Measures = Readonly<Record<EvalMeasure, Sides>>;

export function compareSides(played: readonly PlayedCase[]): Comparison {
  const whole = played.filter(({ before, after }) => before.length > 0 && after.length > 0);
  const cases = whole.map(({ name, before, after }) => ({
    name,
    measures: eachMeasure((measure) => ({
      before: meanOf(measure, before),
      after: meanOf(measure, after),
    })),
  }));
  const all = eachMeasure((measure) => ({
    before: mean(cases.map(({ measures }) => measures[measure].before)),
    after: mean(cases.map(({ measures }) => measures[measure].after)),
  }));
  return {
    cases,
    all: cases.length === 0 ? null : all,
    tests: eachMeasure((measure) => signTest(measure, cases)),
    unplayed: played.filter((one) => !whole.includes(one)).map(({ name }) => name),
  };
}

function eachMeasure<Value>(of: (measure: EvalMeasure) => Value): Record<EvalMeasure, Value> {
  return { success: of("success"), tokens: of("tokens"), usd: of("usd"), findings: of("findings") };
}

function meanOf(measure: EvalMeasure, outcomes: readonly Outcome[]): number {
  return mean(outcomes.map((one) => (measure === "success" ? Number(one.isGood) : one[measure])));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** More success is better; less of everything else. */
function signTest(measure: EvalMeasure, cases: Comparison["cases"]): SignTest {
  const signs = cases.map(({ measures }) => {
    const { before, after } = measures[measure];
    return Math.sign(measure === "success" ? after - before : before - after);
  });
  const better = signs.filter((sign) => sign > 0).length;
  const worse = signs.filter((sign) => sign < 0).length;
  const least = twoSided(cases.length, cases.length);
  return { better, worse, same: cases.length - better - worse, p: signP(better, worse), least };
}

/** Probability of a split at least as uneven, if both sides are equally likely. */
export function signP(better: number, worse: number): number {
  return twoSided(Math.max(better, worse), better + worse);
}

/** Twice the chance of at least this many heads in this many tosses, at most 1. */
function twoSided(heads: number, tosses: number): number {
  let ways = 1;
  let tail = 0;
  for (let tails = 0; tails <= tosses - heads; tails += 1) {
    tail += ways;
    ways = (ways * (tosses - tails)) / (tails + 1);
  }
  return Math.min(1, (2 * tail) / 2 ** tosses);
}
