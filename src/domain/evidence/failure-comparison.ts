import type { CheckRun, Tally } from "../evidence.ts";
import { mayHideRegression, talliesOf } from "./tally.ts";

/** Title of what failed in a file, suite or package, but in none of its tests. */
export const OUTSIDE = "(outside of any test)";

/** How the failures of one check differ between two runs, by names of tests; each list sorted. */
export interface FailureComparison {
  /** Fail on both. */
  readonly known: readonly string[];
  /** Fail now and did not fail on the base, or more of that name do. */
  readonly fresh: readonly string[];
  /** Passed on the base, and neither pass nor fail now: skipped or missing. Also where fewer of a name pass. */
  readonly lost: readonly string[];
  /** Names of several tests of which some passed on the base and some fail now: it may be a failure of before, or not. */
  readonly indistinct: readonly string[];
  /** Failed on the base, and neither pass nor fail now. A file that could not be loaded and now can is no such thing. */
  readonly gone: readonly string[];
}

/** Undefined where a run has no per-test results: exit codes tell no two failures apart. */
export function compareFailures(base: CheckRun, now: CheckRun): FailureComparison | undefined {
  if (base.tests === undefined || now.tests === undefined) return undefined;
  const [before, after] = [talliesOf(base), talliesOf(now)];
  const containers = containersOf(now);
  const names = [...new Set([...base.tests, ...now.tests].map(({ name }) => name))].sort();
  const pick = (keep: (before: Tally, now: Tally, name: string) => boolean) =>
    names.filter((name) => keep(before(name), after(name), name));
  return {
    known: pick((was, is) => isKnown(was, is)),
    fresh: pick((was, is) => is.failed > was.failed),
    lost: pick((was, is) => is.failed <= was.failed && is.passed < was.passed),
    indistinct: pick((was, is) => is.failed <= was.failed && mayHideRegression(was, is)),
    gone: pick(
      (was, is, name) =>
        was.failed > is.failed &&
        is.passed + is.failed < was.passed + was.failed &&
        !containers.has(containerOf(name)),
    ),
  };
}

function isKnown(was: Tally, is: Tally): boolean {
  return is.failed > 0 && is.failed <= was.failed && !mayHideRegression(was, is);
}

/**
 * What is worse in a later run of the same check than on the base: tests that fail and did not, and tests that passed and
 * do not run any more. Undefined where a run has no per-test results, or where no failing test explains that it failed.
 */
export function newFailures(base: CheckRun, now: CheckRun): readonly string[] | undefined {
  const compared = compareFailures(base, now);
  if (compared === undefined) return undefined;
  const { known, fresh, lost, indistinct } = compared;
  if (now.status !== "passed" && known.length + fresh.length + indistinct.length === 0) {
    return undefined;
  }
  return [...new Set([...fresh, ...lost, ...indistinct])];
}

/** What a test may stand for that is more than a test: `a.test.ts` and `a.test.ts > (outside of any test)` are both `a.test.ts`. */
export function containerOf(name: string): string {
  return name.replace(/(^| > )\((outside of any test|unnamed)\)$/, "");
}

/** Everything that holds a test which ran: `a > b > c` is held by `a > b`, `a` and the run itself. */
function containersOf(run: CheckRun): ReadonlySet<string> {
  const containers = new Set<string>();
  for (const { name, status } of run.tests ?? []) {
    if (status === "skipped" || containerOf(name) !== name) continue;
    const parts = name.split(" > ");
    for (let depth = 0; depth < parts.length; depth += 1) {
      containers.add(parts.slice(0, depth).join(" > "));
    }
  }
  return containers;
}
