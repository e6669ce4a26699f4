import { type FurtherRun, PROOF_TIMES, type Repeated } from "../../domain/evidence/repeats.ts";
import { talliesOf } from "../../domain/evidence/tally.ts";
import type { CheckRun, TestComparison } from "../../domain/evidence.ts";
import { CHECK_SECONDS } from "../checks/check.ts";
import type { Bench, Task } from "../checks/workbench.ts";
import { compareTests, type TestRuns } from "../proof/compare/compare-tests.ts";
import { inLanes } from "./lanes.ts";

/** What is asked again, and where. */
export interface Asking {
  readonly runs: TestRuns;
  readonly comparison: TestComparison;
  /** Tests that are to prove something by turning. */
  readonly proving: ReadonlySet<string>;
  readonly isAnew: (name: string) => boolean;
  readonly change: Bench;
  /** The base with the changed tests. */
  readonly base: Bench;
}

/** What further runs of the tests said. */
export interface Again {
  readonly repeated: readonly Repeated[];
  /** Seen failing and passing on the same bytes, by tree. */
  readonly flaky: { readonly base: ReadonlySet<string>; readonly change: ReadonlySet<string> };
  /** The runs, by the tree of the first. */
  readonly further: { readonly base: readonly CheckRun[]; readonly change: readonly CheckRun[] };
}

/**
 * Asks the tests again on the same bytes: what is to prove a criterion, until it was seen three times on both sides, and
 * what passed on the base and fails on the change, until it passes once or has failed three times. A run is not begun where
 * the time that is left is less than the first one took.
 */
export async function askAgain(task: Task, asking: Asking): Promise<Again> {
  const { runs, comparison, proving } = asking;
  const further = { base: [] as CheckRun[], change: [] as CheckRun[] };
  const flaky = { base: new Set<string>(), change: new Set<string>() };
  const standing = new Set(comparison.failToPass.filter((name) => proving.has(name)));
  const worse = new Set(comparison.passToFail);
  for (let time = 1; time < PROOF_TIMES; time += 1) {
    if (standing.size + worse.size === 0) break;
    const onBase = standing.size === 0 ? nothing : () => runAgain(task, asking.base, firstOf(runs));
    const onChange = () => runAgain(task, asking.change, runs.change);
    const [change, base] = await inLanes(task.ports.sandbox.isolation, onChange, onBase);
    if (change !== undefined) {
      further.change.push(change);
      collect(flaky.change, differing(runs.change, change));
      collect(flaky.change, turningNoLonger(standing, asking, { change }));
    }
    if (base !== undefined) {
      further.base.push(base);
      collect(flaky.base, differing(firstOf(runs), base));
      collect(flaky.base, turningNoLonger(standing, asking, { base }));
    }
    for (const name of [...flaky.base, ...flaky.change]) standing.delete(name);
    for (const name of flaky.change) worse.delete(name);
    if (change === undefined && base === undefined) break;
  }
  const repeated = comparison.failToPass
    .filter((name) => proving.has(name))
    .slice(0, MOST_REPEATED)
    .map((test) => ({
      test,
      failed: 1 + (flaky.base.has(test) ? 0 : further.base.length),
      passed: 1 + (flaky.change.has(test) ? 0 : further.change.length),
    }));
  return { repeated, flaky, further };
}

/** Bound of the evidence's schema. */
const MOST_REPEATED = 300;

const nothing = () => Promise.resolve(undefined);

function firstOf({ baseWithChangedTests }: TestRuns): CheckRun {
  return baseWithChangedTests;
}

function collect(into: Set<string>, names: Iterable<string>): void {
  for (const name of names) into.add(name);
}

/** Undefined where there is no time for it, or time was up before it ended: then it says nothing. */
async function runAgain(task: Task, bench: Bench, first: CheckRun): Promise<CheckRun | undefined> {
  const left = task.workbench.remainingMs();
  if (left <= first.durationMs) return undefined;
  const run = await bench.run("test");
  const seconds = task.order.config.checks.test?.timeoutSeconds ?? CHECK_SECONDS;
  const ownLimit = run.durationMs >= seconds * 1_000;
  return run.status === "timed-out" && !ownLimit ? undefined : run;
}

/** Names that failed in one of two runs of the same bytes, and did nothing but pass in the other. */
function differing(first: CheckRun, second: CheckRun): readonly string[] {
  const [before, after] = [talliesOf(first), talliesOf(second)];
  const names = new Set([...(first.tests ?? []), ...(second.tests ?? [])].map(({ name }) => name));
  return [...names].filter((name) => {
    const [one, other] = [before(name), after(name)];
    const passes = ({ failed, passed }: typeof one) => passed > 0 && failed === 0;
    return (one.failed > 0 && passes(other)) || (other.failed > 0 && passes(one));
  });
}

/** Of the tests that turned those that do not with this run in the place of the first one. */
function turningNoLonger(
  standing: ReadonlySet<string>,
  { runs, comparison, isAnew }: Asking,
  again: { readonly base?: CheckRun; readonly change?: CheckRun },
): readonly string[] {
  if (standing.size === 0) return [];
  const isBase = runs.base === runs.baseWithChangedTests;
  const { base = runs.baseWithChangedTests, change = runs.change } = again;
  const second = { base: isBase ? base : runs.base, baseWithChangedTests: base, change };
  const { failToPass } = compareTests(second, comparison.subject, isAnew);
  const turning = new Set(failToPass);
  return [...standing].filter((name) => !turning.has(name));
}

/** Bounds of the evidence's schema. */
const MOST_FAILING = 50;
const MOST_FURTHER = 4;

/** A run with the further ones of the same bytes beside it. */
export function besides(first: CheckRun, further: readonly CheckRun[]): CheckRun {
  if (further.length === 0) return first;
  return { ...first, again: further.slice(0, MOST_FURTHER).map(briefly) };
}

function briefly({ status, exitCode, durationMs, tests = [] }: CheckRun): FurtherRun {
  const failing = tests.filter((test) => test.status === "failed").map(({ name }) => name);
  return {
    status,
    exitCode,
    durationMs,
    whole: true,
    failing: failing.slice(0, MOST_FAILING),
    more: Math.max(0, failing.length - MOST_FAILING),
  };
}
