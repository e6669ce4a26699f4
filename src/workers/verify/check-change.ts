import type { ChangeSet } from "../../domain/change-set.ts";
import type { CheckName } from "../../domain/config/schema.ts";
import type { CheckRun, Evidence, Subject, TestComparison } from "../../domain/evidence.ts";
import { compareFailures, nameTests, weighFailure } from "../../domain/known-failure.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { cut } from "../../domain/text/cut.ts";
import { isTestFile } from "../checks/test-files.ts";
import {
  type Bench,
  checkNames,
  type Found,
  runAll,
  type Task,
  type VerifyPorts,
} from "../checks/workbench.ts";
import { compareTests } from "./compare-tests.ts";
import { proveCriteria } from "./criteria.ts";
import { alteredTests, readTouchedTests, runOldTests, type TouchedTests } from "./old-tests.ts";
import { describePackages } from "./package-facts.ts";

/**
 * Every check on the change, the tests also on the base and on the base with the changed tests, and what that proves. Where
 * the change touches a test file of the base, the base's tests run on the new code too.
 */
export async function checkChange(task: Task, changeSet: ChangeSet): Promise<Found> {
  const { order, subject } = task;
  const onChange = () => checkChanged(task, changeSet);
  const onBase = () => checkBefore(task, changeSet);
  const [changed, before] = await inLanes(task.ports.sandbox.isolation, onChange, onBase);
  if ("refusal" in changed) return changed;
  if ("refusal" in before) return before;
  const comparison = compare({ changed, before, subject });
  const known = await knownFailures(task, { changed: changed.runs, base: before.bench });
  if ("refusal" in known) return known;
  const compared = comparison === undefined ? [] : [comparison];
  const facts = [...changed.runs, ...before.runs, ...known.runs, ...compared];
  const runs = changed.runs.map((run) => withWeight(run, facts));
  const checks = { runs, base: [...before.runs, ...known.runs] };
  const criteria = proveCriteria(order.contract?.acceptance ?? [], { subject, checks, comparison });
  const brought = await describeDependencies(task);
  return { evidence: withinSize([...runs, ...checks.base, ...compared, ...criteria, ...brought]) };
}

/** What the approved lockfiles brought, for whoever merges. */
async function describeDependencies(task: Task): Promise<readonly Evidence[]> {
  const { dependencies, order, subject, ports } = task;
  if (dependencies === undefined) return [];
  const { digest, lockfiles } = dependencies;
  const known = lockfiles.flatMap((one) => one.known);
  const config = order.config.dependencies;
  const packages = lockfiles.flatMap(({ added }) => added).slice(0, ADDED);
  const added = await describePackages(packages, { known, config, web: ports.web });
  const paths = lockfiles.map(({ path }) => path);
  return [{ kind: "dependencies", subject, digest, lockfiles: paths, added: [...added] }];
}

/** Bound of the evidence's schema. */
const ADDED = 500;

/** A run on the change, with what it means that it failed, or that a test which failed on the base did not run. */
function withWeight(run: CheckRun, facts: readonly Evidence[]): CheckRun {
  if (run.status === "timed-out") return run;
  if (run.status === "failed") return withNote(run, weighFailure(run, facts).because);
  const base = facts.find(
    (piece): piece is CheckRun =>
      piece.kind === "check" && piece.name === run.name && piece.on === "base",
  );
  const gone = base === undefined ? [] : (compareFailures(base, run)?.gone ?? []);
  if (gone.length === 0) return run;
  return withNote(run, `${nameTests(gone)} failed on the base and did not run now`);
}

function withNote(run: CheckRun, more: string): CheckRun {
  return { ...run, note: cut(run.note === undefined ? more : `${run.note}; ${more}`, 500) };
}

/** Two at a time where each workspace has a network of its own; without isolation two test runs could want one port. */
async function inLanes<Left, Right>(
  isolation: VerifyPorts["sandbox"]["isolation"],
  left: () => Promise<Left>,
  right: () => Promise<Right>,
): Promise<readonly [Left, Right]> {
  if (isolation === "none") return [await left(), await right()];
  // Both must have ended before the workspaces are closed, also when one throws.
  const [first, second] = await Promise.allSettled([left(), right()]);
  if (first.status === "rejected") throw first.reason;
  if (second.status === "rejected") throw second.reason;
  return [first.value, second.value];
}

async function checkChanged(
  { order, workbench, dependencies }: Task,
  changeSet: ChangeSet,
): Promise<{ readonly runs: readonly CheckRun[] } | { readonly refusal: Refusal }> {
  const bench = await workbench.prepare("change", changeSet.files, dependencies);
  if ("refusal" in bench) return bench;
  return { runs: await runAll(bench, checkNames(order.config)) };
}

interface Before {
  readonly runs: readonly CheckRun[];
  /** What the change does to tests of the base; absent without a test check. */
  readonly touched?: TouchedTests;
  /** The prepared base, where it was needed. */
  readonly bench: Bench | undefined;
}

async function checkBefore(
  task: Task,
  changeSet: ChangeSet,
): Promise<Before | { readonly refusal: Refusal }> {
  const { order, workbench } = task;
  if (order.config.checks.test === undefined) return { runs: [], bench: undefined };
  const bench = await workbench.prepare("base", []);
  if ("refusal" in bench) return bench;
  const base = await runAll(bench, ["test"]);
  const touched = await readTouchedTests(task, changeSet.files);
  const changedTests = changeSet.files.filter(({ path }) => isTestFile(path));
  if (changedTests.length === 0) return { runs: base, bench, touched };
  const withTests = await workbench.prepare("base-with-changed-tests", changedTests);
  if ("refusal" in withTests) return withTests;
  const runs = [...base, await withTests.run("test")];
  const old = await runOldTests(task, touched);
  if (old === undefined) return { runs, bench, touched };
  return "refusal" in old ? old : { runs: [...runs, old], bench, touched };
}

function compare(found: {
  readonly changed: { readonly runs: readonly CheckRun[] };
  readonly before: Before;
  readonly subject: Subject;
}): TestComparison | undefined {
  const test = (runs: readonly CheckRun[], on: CheckRun["on"]) =>
    runs.find((run) => run.name === "test" && run.on === on);
  const change = test(found.changed.runs, "change");
  const base = test(found.before.runs, "base");
  if (change === undefined || base === undefined) return undefined;
  const baseWithChangedTests = test(found.before.runs, "base-with-changed-tests") ?? base;
  const compared = compareTests({ base, baseWithChangedTests, change }, found.subject);
  const { touched } = found.before;
  const old = test(found.before.runs, "change-with-base-tests");
  const altered = touched === undefined ? [] : alteredTests({ base, old, change }, touched);
  return altered.length === 0 ? compared : { ...compared, altered: [...altered] };
}

/** What fails on the change is asked of the base too, so that a failure that was there before is told from a new one. */
async function knownFailures(
  { workbench }: Task,
  found: { readonly changed: readonly CheckRun[]; readonly base: Bench | undefined },
): Promise<{ readonly runs: readonly CheckRun[] } | { readonly refusal: Refusal }> {
  const failing = found.changed.filter(
    ({ name, status }) => name !== "test" && status !== "passed",
  );
  if (failing.length === 0) return { runs: [] };
  const bench = found.base ?? (await workbench.prepare("base", []));
  if ("refusal" in bench) return bench;
  const names = failing.map(({ name }) => name as CheckName);
  const runs: CheckRun[] = [];
  for (const name of names) runs.push(await bench.run(name));
  return { runs };
}

/** Test lists above this stand only in the run on the change and in the comparison: a proposal is bounded in bytes. */
const LISTED_TESTS = 5_000;

/** Of a long list on the base the failures are kept, as far as they are fewer: by them the gate knows an old failure. */
function withinSize(evidence: readonly Evidence[]): Evidence[] {
  return evidence.map((piece) => {
    if (piece.kind !== "check" || piece.on === "change") return piece;
    const { tests = [], ...rest } = piece;
    if (tests.length <= LISTED_TESTS) return piece;
    const failing = tests.filter(({ status }) => status === "failed");
    const isBase = piece.name === "test" && piece.on === "base";
    if (!isBase || failing.length > LISTED_TESTS) {
      return { ...rest, note: `${tests.length} tests, compared but not listed here` };
    }
    const note = `${tests.length} tests, compared; only those that failed are listed here`;
    return { ...rest, tests: failing, note };
  });
}
