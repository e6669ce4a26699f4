import { PROOF_TIMES, type Repeated } from "../../domain/evidence/repeats.ts";
import type { CheckRun, TestComparison } from "../../domain/evidence.ts";
import type { Bench, Task } from "../checks/workbench.ts";
import { compareTests, type TestRuns } from "../proof/compare/compare-tests.ts";
import type { TestPlace } from "../proof/criteria/test-places.ts";
import { type AskedAgain, differing, runAgain } from "./further-runs.ts";
import { inLanes } from "./lanes.ts";

/** What is repeated, and where. */
export interface Asking {
  readonly runs: TestRuns;
  readonly comparison: TestComparison;
  /** Tests that should prove something by turning. */
  readonly proving: ReadonlySet<string>;
  readonly isAnew: (name: string) => boolean;
  readonly isBrought: (name: string) => boolean;
  readonly place: (name: string) => TestPlace;
  readonly change: Bench;
  /** The base with the changed tests. */
  readonly base: Bench;
}

/** Results of further test runs. */
export interface Again {
  readonly repeated: readonly Repeated[];
  /** Seen failing and passing on the same bytes, by tree. */
  readonly flaky: BothTrees<ReadonlySet<string>>;
  readonly further: BothTrees<readonly CheckRun[]>;
}
type Tree = "base" | "change";
type BothTrees<Value> = Readonly<Record<Tree, Value>>;

/** Open questions, and observations so far. */
interface Seen {
  /** Should prove something, and turned each time so far. */
  readonly standing: Set<string>;
  /** Passed on the base, and failed on the change each time so far. */
  readonly worse: Set<string>;
  readonly flaky: BothTrees<Set<string>>;
  readonly further: BothTrees<CheckRun[]>;
}

/**
 * Repeats tests on the same bytes. A test that should prove a criterion repeats until it was seen three times on both
 * sides. One that passed on the base and fails on the change repeats until it passes once or has failed three times. The
 * first needs only those tests; only a whole run can show whether a check passes except for flaky tests.
 */
export async function askAgain(task: Task, asking: Asking): Promise<Again> {
  const { comparison, proving } = asking;
  const named = comparison.failToPass.filter((name) => proving.has(name));
  const seen: Seen = {
    standing: new Set(named),
    worse: new Set(comparison.passToFail),
    flaky: { base: new Set(), change: new Set() },
    further: { base: [], change: [] },
  };
  for (let time = 1; time < PROOF_TIMES; time += 1) {
    if (seen.standing.size + seen.worse.size === 0) break;
    await askOnce(task, asking, seen);
  }
  const { flaky, further } = seen;
  const times = (test: string, tree: Tree) =>
    flaky[tree].has(test) ? 1 : 1 + further[tree].length;
  const repeated = named
    .slice(0, MOST_REPEATED)
    .map((test) => ({ test, failed: times(test, "base"), passed: times(test, "change") }));
  return { repeated, flaky, further };
}

/** Limit of the evidence's schema. */
const MOST_REPEATED = 300;

async function askOnce(task: Task, asking: Asking, seen: Seen): Promise<void> {
  const { runs, place } = asking;
  const only = [...seen.standing].map((name) => {
    const { file } = place(name);
    return file === undefined ? { name } : { name, file };
  });
  const some = (asked: AskedAgain) => runAgain(task, { ...asked, only });
  const onBase = { bench: asking.base, first: runs.baseWithChangedTests };
  const onChange = { bench: asking.change, first: runs.change };
  const [change, base] = await inLanes(
    task.ports.sandbox.isolation,
    () => (seen.worse.size > 0 ? runAgain(task, onChange) : some(onChange)),
    async () => (seen.standing.size > 0 ? await some(onBase) : undefined),
  );
  if (change !== undefined) note("change", change, { asking, seen });
  if (base !== undefined) note("base", base, { asking, seen });
  for (const name of [...seen.flaky.base, ...seen.flaky.change]) seen.standing.delete(name);
  for (const name of seen.flaky.change) seen.worse.delete(name);
}

function note(
  tree: Tree,
  run: CheckRun,
  { asking, seen }: { readonly asking: Asking; readonly seen: Seen },
): void {
  const { runs } = asking;
  seen.further[tree].push(run);
  const first = tree === "change" ? runs.change : runs.baseWithChangedTests;
  const again = tree === "change" ? { ...runs, change: run } : withBase(runs, run);
  const differ = [...differing(first, run), ...turningNoLonger(seen.standing, again, asking)];
  for (const name of differ) seen.flaky[tree].add(name);
}

/** Without changed test files the base stands for both. */
function withBase(runs: TestRuns, run: CheckRun): TestRuns {
  const base = runs.base === runs.baseWithChangedTests ? run : runs.base;
  return { ...runs, base, baseWithChangedTests: run };
}

/** Tests that turned, but do not with a further run in place of the first. */
function turningNoLonger(
  standing: ReadonlySet<string>,
  again: TestRuns,
  { comparison, isAnew, isBrought }: Asking,
): readonly string[] {
  if (standing.size === 0) return [];
  const turning = new Set(compareTests(again, comparison.subject, isAnew, isBrought).failToPass);
  return [...standing].filter((name) => !turning.has(name));
}
