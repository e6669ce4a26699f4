import type { CheckRun } from "../evidence.ts";

/** Title of what failed in a file, suite or package, but in none of its tests. */
export const OUTSIDE = "(outside of any test)";

/** How the failures of one check differ between two runs, by names of tests; each list sorted. */
export interface FailureComparison {
  /** Fail on both. */
  readonly known: readonly string[];
  /** Fail now and did not fail on the base. */
  readonly fresh: readonly string[];
  /** Passed on the base, and neither pass nor fail now: skipped or missing. */
  readonly lost: readonly string[];
  /** Failed on the base, and neither pass nor fail now. A file that could not be loaded and now can is no such thing. */
  readonly gone: readonly string[];
}

/** Undefined where a run has no per-test results: exit codes tell no two failures apart. */
export function compareFailures(base: CheckRun, now: CheckRun): FailureComparison | undefined {
  if (base.tests === undefined || now.tests === undefined) return undefined;
  const failedBefore = namesOf(base, "failed");
  const fails = namesOf(now, "failed");
  const passes = namesOf(now, "passed");
  const isAbsent = (name: string) => !(fails.has(name) || passes.has(name));
  const containers = containersOf(now);
  const pick = (names: ReadonlySet<string>, keep: (name: string) => boolean) =>
    [...names].filter(keep).sort();
  return {
    known: pick(fails, (name) => failedBefore.has(name)),
    fresh: pick(fails, (name) => !failedBefore.has(name)),
    lost: pick(namesOf(base, "passed"), isAbsent),
    gone: pick(failedBefore, (name) => isAbsent(name) && !containers.has(containerOf(name))),
  };
}

/**
 * What is worse in a later run of the same check than on the base: tests that fail and did not, and tests that passed and
 * do not run any more. Undefined where a run has no per-test results, or where no failing test explains that it failed.
 */
export function newFailures(base: CheckRun, now: CheckRun): readonly string[] | undefined {
  const compared = compareFailures(base, now);
  if (compared === undefined) return undefined;
  const { known, fresh, lost } = compared;
  if (now.status !== "passed" && known.length + fresh.length === 0) return undefined;
  return [...fresh, ...lost];
}

function namesOf(run: CheckRun, status: "passed" | "failed"): ReadonlySet<string> {
  const tests = (run.tests ?? []).filter((test) => test.status === status);
  return new Set(tests.map(({ name }) => name));
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
