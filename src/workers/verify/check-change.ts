import type { ChangeSet } from "../../domain/change-set.ts";
import type { CheckName } from "../../domain/config/check.ts";
import type { CheckRun, Subject, TestComparison } from "../../domain/evidence.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import {
  type Bench,
  checkNames,
  type Found,
  runAll,
  type Task,
  type VerifyPorts,
} from "../checks/workbench.ts";
import { type BaseRuns, runOnBase } from "./base-runs.ts";
import { describeDependencies } from "./brought-packages.ts";
import { compareTests } from "./compare-tests.ts";
import { proveCriteria } from "./criteria.ts";
import { withinSize } from "./evidence-size.ts";
import { alteredTests } from "./old-tests.ts";
import { watchRatchet } from "./ratchet.ts";
import { removedTests } from "./removed-tests.ts";
import { withWeight } from "./run-notes.ts";

/**
 * Every check on the change, the tests also on the base and on the base with the changed tests, and what that proves. Where
 * the change touches a test file of the base, the base's tests run on the new code too.
 */
export async function checkChange(
  task: Task & { readonly order: LineOrder },
  changeSet: ChangeSet,
): Promise<Found> {
  const { order, subject } = task;
  const onChange = () => checkChanged(task, changeSet);
  const onBase = () => runOnBase(task, changeSet);
  const [changed, base] = await inLanes(task.ports.sandbox.isolation, onChange, onBase);
  if ("refusal" in changed) return changed;
  if ("refusal" in base) return base;
  const comparison = compare({ changed, base, subject });
  const known = await knownFailures(task, { changed: changed.runs, base: base.bench });
  if ("refusal" in known) return known;
  const compared = comparison === undefined ? [] : [comparison];
  const facts = [...changed.runs, ...base.runs, ...known.runs, ...compared];
  const runs = changed.runs.map((run) => withWeight(run, facts));
  const checks = { runs, base: [...base.runs, ...known.runs] };
  const criteria = proveCriteria(order.contract.acceptance, { subject, checks, comparison });
  const brought = await describeDependencies(task);
  const ratchet = await watchRatchet(task, changeSet);
  const found = [...runs, ...checks.base, ...compared, ...criteria, ...brought, ...ratchet];
  return { evidence: withinSize(found) };
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

function compare(found: {
  readonly changed: { readonly runs: readonly CheckRun[] };
  readonly base: BaseRuns;
  readonly subject: Subject;
}): TestComparison | undefined {
  const test = (runs: readonly CheckRun[], on: CheckRun["on"]) =>
    runs.find((run) => run.name === "test" && run.on === on);
  const change = test(found.changed.runs, "change");
  const base = test(found.base.runs, "base");
  if (change === undefined || base === undefined) return undefined;
  const baseWithChangedTests = test(found.base.runs, "base-with-changed-tests") ?? base;
  const compared = compareTests({ base, baseWithChangedTests, change }, found.subject);
  const { touched } = found.base;
  const old = test(found.base.runs, "change-with-base-tests");
  if (touched === undefined) return compared;
  const altered = alteredTests({ base, old, change }, touched);
  const { gone = [], ...rest } = compared;
  const removed = removedTests(gone, { base, withTests: baseWithChangedTests }, touched);
  const lost = gone.filter((name) => !removed.includes(name));
  return {
    ...rest,
    ...(lost.length === 0 ? {} : { gone: lost }),
    ...(removed.length === 0 ? {} : { removed: [...removed] }),
    ...(altered.length === 0 ? {} : { altered: [...altered] }),
  };
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
