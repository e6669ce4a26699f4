/**
 * How many cases the properties try. `npm test` is for people who wait: it tries a tenth. `npm run test:long` sets the
 * variable and tries them all, at night and before a release.
 */
export const EVERY_CASE = (process.env.MILLWRIGHT_EVERY_CASE ?? "") !== "";

/**
 * The cases of a property are drawn from this number. `npm test` draws the same ones each time, so that what turns it red is the
 * change that is tested. `npm run test:long` draws others each time, and prints the number of those that fail:
 * MILLWRIGHT_SEED=NUMBER draws them again.
 */
const GIVEN = process.env.MILLWRIGHT_SEED ?? (EVERY_CASE ? undefined : "20261129");
export const SEED: { readonly seed?: number } = GIVEN === undefined ? {} : { seed: Number(GIVEN) };

/** Below this a property says little. */
const FEWEST = 10;

/** For a property that tries `all` cases when there is time. */
export function cases(all: number): { readonly numRuns: number } {
  return { numRuns: EVERY_CASE ? all : Math.min(all, Math.max(FEWEST, Math.ceil(all / 10))) };
}

/** Of `all` things of one kind that a test about size lays out: a tenth when people wait. */
export function manyOf(all: number): number {
  return EVERY_CASE ? all : Math.ceil(all / 10);
}
