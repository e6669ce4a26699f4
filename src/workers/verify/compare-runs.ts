import type { ChangeSet } from "../../domain/change-set.ts";
import type { CriterionKind } from "../../domain/contract.ts";
import type { Naming } from "../../domain/evidence/naming.ts";
import { talliesOf } from "../../domain/evidence/tally.ts";
import type { CheckRun, TestComparison } from "../../domain/evidence.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { Bench, Task } from "../checks/workbench.ts";
import { compareTests, type TestRuns } from "../proof/compare/compare-tests.ts";
import { standsInModule } from "../proof/compare/module-files.ts";
import { BLIND, createSight, type Sight } from "../proof/criteria/sight.ts";
import { type TestPlace, testPlaces } from "../proof/criteria/test-places.ts";
import { isWrittenAnew } from "../proof/criteria/written-anew.ts";
import type { BaseRuns } from "./base-runs.ts";
import { besides } from "./further-runs.ts";
import { alteredTests, type TouchedTests } from "./old-tests.ts";
import { removedTests } from "./removed-tests.ts";
import { type Again, type Asking, askAgain } from "./repeat-runs.ts";
import { withAgain } from "./with-again.ts";

interface Ran {
  /** Runs on the change, and their place. */
  readonly changed: { readonly runs: readonly CheckRun[]; readonly bench: Bench };
  readonly base: BaseRuns;
  readonly changeSet: ChangeSet;
  readonly namings: readonly Naming[];
}

/** The joint proof of the test runs, and how each single test is looked up in them. */
export interface Compared {
  readonly comparison: TestComparison | undefined;
  readonly sight: Sight;
  /** Runs, each with the further ones on its bytes. */
  readonly withFurther: (runs: readonly CheckRun[]) => readonly CheckRun[];
}

export async function compareRuns(
  task: Task & { readonly order: LineOrder },
  ran: Ran,
): Promise<Compared> {
  const change = testRun(ran.changed.runs, "change");
  const base = testRun(ran.base.runs, "base");
  const { touched, bench, testsBench } = ran.base;
  if (change === undefined || base === undefined || touched === undefined) {
    return { comparison: undefined, sight: BLIND, withFurther: (all) => all };
  }
  const baseWithChangedTests = testRun(ran.base.runs, "base-with-changed-tests") ?? base;
  const runs: TestRuns = { base, baseWithChangedTests, change };
  const named = new Set(ran.namings.flatMap(({ tests }) => tests));
  const isAnew = (name: string) => named.has(name) && isWrittenAnew(name, touched.written) === true;
  const place = await placesIn(task, touched, ran.changeSet);
  const tree = (await task.ports.repository.list(task.subject.tree)).map(({ path }) => path);
  const files = touched.written.map(({ path }) => path);
  const isBrought = (name: string) => standsInModule(name, { tree, files });
  const first = compareTests(runs, task.subject, isAnew, isBrought);
  // Without a contract nothing is named, so the tests that turned are all the proof.
  const hasContract = task.order.contract.acceptance.length > 0;
  const proving = hasContract ? namedToChange(task, ran) : new Set(first.failToPass);
  const again = await repeat(task, {
    ...{ runs, comparison: first, proving, isAnew, isBrought, place },
    ...{ change: ran.changed.bench, base: testsBench },
  });
  const known = again === undefined ? first : withAgain(first, again);
  const compared = await confirm(known, { runs, place, bench, proving });
  const old = testRun(ran.base.runs, "change-with-base-tests");
  const altered = alteredTests({ base, old, change }, touched);
  const settled = settleGone(compared, { runs, touched, expected: goneOnPurpose(task, ran) });
  const comparison = {
    ...settled,
    ...(altered.length === 0 ? {} : { altered: [...altered] }),
  };
  const furtherOf = (run: CheckRun) =>
    run === change
      ? (again?.further.change ?? [])
      : run === baseWithChangedTests
        ? (again?.further.base ?? [])
        : [];
  return {
    comparison,
    sight: createSight(runs, comparison, place),
    withFurther: (all) => all.map((run) => besides(run, furtherOf(run))),
  };
}

/** Exit codes alone name no test, so none could be repeated. */
async function repeat(
  task: Task,
  asking: Omit<Asking, "base"> & { readonly base: Bench | undefined },
): Promise<Again | undefined> {
  const { base, comparison } = asking;
  if (base === undefined || comparison.source !== "per-test") return undefined;
  return await askAgain(task, { ...asking, base });
}

function testRun(runs: readonly CheckRun[], on: CheckRun["on"]): CheckRun | undefined {
  return runs.find((run) => run.name === "test" && run.on === on);
}

async function placesIn(
  { ports, subject }: Task,
  { written }: TouchedTests,
  { files }: ChangeSet,
): Promise<(test: string) => TestPlace> {
  const entries = await ports.repository.list(subject.tree);
  const tests = new Map(written.map(({ path, after }) => [path, after]));
  const changed = files.flatMap((file) =>
    "deleted" in file ? [] : [{ path: file.path, text: tests.get(file.path) ?? "" }],
  );
  const places = testPlaces(
    entries.map(({ path }) => path),
    changed,
  );
  const known = new Map<string, TestPlace>();
  return (test) => {
    const place = known.get(test) ?? places(test);
    known.set(test, place);
    return place;
  };
}

/**
 * A test outside the changed places that fails on the base may be flaky. It counts only if it fails there a second time.
 */
async function confirm(
  comparison: TestComparison,
  given: {
    readonly runs: TestRuns;
    readonly place: (test: string) => TestPlace;
    readonly bench: Bench | undefined;
    /** Those were repeated already. */
    readonly proving: ReadonlySet<string>;
  },
): Promise<TestComparison> {
  const { runs, place, bench, proving } = given;
  if (comparison.source !== "per-test" || bench === undefined) return comparison;
  const before = talliesOf(runs.base);
  const doubted = comparison.failToPass.filter(
    (name) => before(name).failed > 0 && place(name).inChange !== true && !proving.has(name),
  );
  if (doubted.length === 0) return comparison;
  const again = talliesOf(await bench.run("test"));
  const flaky = doubted.filter((name) => again(name).failed === 0);
  if (flaky.length === 0) return comparison;
  const isFlaky = new Set(flaky);
  const failToPass = comparison.failToPass.filter((name) => !isFlaky.has(name));
  const all = [...new Set([...(comparison.flaky ?? []), ...flaky])].sort();
  return { ...comparison, failToPass, flaky: all };
}

/** Tests named for a criterion that needs one to turn. */
function namedToChange(
  { order }: { readonly order: LineOrder },
  { namings }: Ran,
): ReadonlySet<string> {
  return namedFor("changes", order, namings);
}

/** Tests named as removed for a criterion that asks for just that. */
function goneOnPurpose(
  { order }: { readonly order: LineOrder },
  { namings }: Ran,
): ReadonlySet<string> {
  return namedFor("gone", order, namings);
}

function namedFor(
  wanted: CriterionKind,
  { contract }: LineOrder,
  namings: readonly Naming[],
): ReadonlySet<string> {
  const asking = contract.acceptance.filter(({ kind }) => kind === wanted).map(({ id }) => id);
  const named = namings.filter(({ criterion }) => asking.includes(criterion));
  return new Set(named.flatMap(({ tests }) => tests));
}

/** Splits vanished tests into those removed on purpose and those lost. */
function settleGone(
  { gone = [], ...rest }: TestComparison,
  given: {
    readonly runs: TestRuns;
    readonly touched: TouchedTests;
    readonly expected: ReadonlySet<string>;
  },
): TestComparison {
  const { runs, touched, expected } = given;
  const { base, baseWithChangedTests: withTests } = runs;
  const taken = new Set(removedTests(gone, { base, withTests }, touched));
  const removed = gone.filter((name) => taken.has(name) || expected.has(name));
  const lost = gone.filter((name) => !removed.includes(name));
  return {
    ...rest,
    ...(lost.length === 0 ? {} : { gone: lost }),
    ...(removed.length === 0 ? {} : { removed }),
  };
}
