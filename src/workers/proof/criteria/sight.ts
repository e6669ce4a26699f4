import type { NamedTest, Seen } from "../../../domain/evidence/proof.ts";
import { timesSeen } from "../../../domain/evidence/repeats.ts";
import { talliesOf, totalOf } from "../../../domain/evidence/tally.ts";
import type { Tally, TestComparison } from "../../../domain/evidence.ts";
import type { TestRuns } from "../compare/compare-tests.ts";
import type { TestPlace } from "./test-places.ts";

/** Results of one test in the runs, without the criteria that it is named for. */
export type Sight = (test: string) => Omit<NamedTest, "alsoFor">;

/** No run has a report that names tests. */
export const BLIND: Sight = (name) => ({ name, base: "not-there", change: "not-there" });

/** Looks a test up in the runs. A test that cannot be distinguished is reported so, and never passes. */
export function createSight(
  runs: TestRuns,
  comparison: TestComparison,
  place: (test: string) => TestPlace,
): Sight {
  const [base, withTests, change] = [
    talliesOf(runs.base),
    talliesOf(runs.baseWithChangedTests),
    talliesOf(runs.change),
  ];
  const failToPass = new Set(comparison.failToPass);
  const unstable = new Set(comparison.unstable ?? []);
  const flakyOnChange = new Set(comparison.flakyOnChange ?? []);
  // If only the change's runs differ, it is reported only there.
  const flaky = new Set((comparison.flaky ?? []).filter((name) => !flakyOnChange.has(name)));
  const times = new Map(comparison.repeated?.map((one) => [one.test, timesSeen(one)]));
  const because = runs.baseWithChangedTests.notBuilt?.[0];
  const before = (name: string): Seen => {
    if (flaky.has(name)) return "flaky";
    const said = withTests(name);
    if (totalOf(said) > 0) return seenOf(said);
    if (failToPass.has(name) && base(name).failed === 0) return "not-built";
    return seenOf(base(name));
  };
  return (name) => {
    if (unstable.has(name)) {
      return { name, base: "not-told-apart", change: "not-told-apart", ...place(name) };
    }
    const now = flakyOnChange.has(name) ? "flaky" : seenOf(change(name));
    const seen = { base: before(name), change: now };
    const reason = seen.base === "not-built" && because !== undefined ? { because } : {};
    const often = times.get(name);
    return {
      name,
      ...seen,
      ...place(name),
      ...reason,
      ...(often === undefined ? {} : { times: often }),
    };
  };
}

/** Several tests of one name do not count as seen, because it is unknown which is meant. */
function seenOf(tally: Tally): Seen {
  const { passed, failed } = tally;
  if (totalOf(tally) === 0) return "not-there";
  if (totalOf(tally) > 1) return "not-told-apart";
  if (failed > 0) return "failed";
  return passed > 0 ? "passed" : "skipped";
}
