import type { TestComparison } from "../../domain/evidence.ts";
import type { Again } from "./repeat-runs.ts";

/**
 * A comparison with the results of further runs: a test that failed once and passed once on the same bytes proves
 * nothing and did not pass. If that was on the change, it is no regression either; on the base alone it may be one.
 */
export function withAgain(comparison: TestComparison, again: Again): TestComparison {
  const { base, change } = again.flaky;
  const flaky = new Set([...base, ...change]);
  const steady = (names: readonly string[]) => names.filter((name) => !flaky.has(name));
  return {
    ...comparison,
    failToPass: steady(comparison.failToPass),
    passToPass: steady(comparison.passToPass),
    passToFail: comparison.passToFail.filter((name) => !change.has(name)),
    ...(flaky.size === 0 ? {} : { flaky: [...flaky].sort() }),
    ...(change.size === 0 ? {} : { flakyOnChange: [...change].sort() }),
    ...(again.repeated.length === 0 ? {} : { repeated: [...again.repeated] }),
  };
}
