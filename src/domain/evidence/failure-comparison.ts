import type { CheckRun, Tally } from "../evidence.ts";
import { mayHideRegression, talliesOf } from "./tally.ts";

/** Title of a failure in a file, suite or package, but in none of its tests. */
export const OUTSIDE = "(outside of any test)";

/** Difference between the failures of one check in two runs, by test name; each list sorted. */
export interface FailureComparison {
  /** Fail on both. */
  readonly known: readonly string[];
  /** Fail now and did not on the base, or more tests of that name do. */
  readonly fresh: readonly string[];
  /** Passed on the base, and neither pass nor fail now: skipped or missing. Also if fewer of a name pass. */
  readonly lost: readonly string[];
  /** Names shared by several tests, of which some passed on the base and some fail now. The failure may be old or new. */
  readonly indistinct: readonly string[];
  /** Failed on the base, and neither pass nor fail now. A file that did not load and now does is not included. */
  readonly gone: readonly string[];
}

/** Undefined if a run has no per-test results, because exit codes cannot distinguish failures. */
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
 * What got worse in a later run of the same check: tests that newly fail, and tests that passed and no longer run.
 * Undefined if a run has no per-test results, or no failing test explains its failure.
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

/** The container that a test name may stand for: `a.test.ts` and `a.test.ts > (outside of any test)` are both `a.test.ts`. */
export function containerOf(name: string): string {
  return name.replace(/(^| > )\((outside of any test|unnamed)\)$/, "");
}

/** Every container of a test that ran: for `a > b > c`, `a > b`, `a` and the run itself. */
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
