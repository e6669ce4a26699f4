/** Chance that is the same on each run, and the same for an issue whatever happens to others: two policies meet one world. */
export type Chance = () => number;

/** Mulberry32: enough for a model, and nothing to be kept secret by it. */
export function chanceOf(...seeds: readonly number[]): Chance {
  let state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ (seed + 0x9e3779b9), 0x85ebca6b), 1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Spread {
  readonly median: number;
  /** Standard deviation of the logarithm. */
  readonly spread: number;
  readonly least?: number;
  readonly most?: number;
}

/** Log-normal, as times of people and machines are. */
export function lasting(chance: Chance, { median, spread, least = 0, most }: Spread): number {
  const normal = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const value = median * Math.exp(spread * normal);
  return Math.min(Math.max(value, least), most ?? Number.POSITIVE_INFINITY);
}
