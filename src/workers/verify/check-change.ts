import type { ChangeSet } from "../../domain/change-set.ts";
import type { CheckName } from "../../domain/config/check.ts";
import type { Naming } from "../../domain/evidence/naming.ts";
import type { CheckRun } from "../../domain/evidence.ts";
import type { LineOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { type Bench, checkNames, type Found, runAll, type Task } from "../checks/workbench.ts";
import { proveCriteria } from "../proof/criteria/criteria.ts";
import { findSymbols } from "../proof/criteria/gone-symbols.ts";
import { runOnBase } from "./base-runs.ts";
import { describeDependencies } from "./brought-packages.ts";
import { compareRuns } from "./compare-runs.ts";
import { withinSize } from "./evidence-size.ts";
import { inLanes } from "./lanes.ts";
import { noticeHunks } from "./noticing/notice-hunks.ts";
import { watchRatchet } from "./ratchet.ts";
import { withWeight } from "./run-notes.ts";

/**
 * Every check on the change, the tests also on the base and on the base with the changed tests, and the resulting proof.
 * If the change touches a test file of the base, the base's tests run on the new code too.
 */
export async function checkChange(
  task: Task & { readonly order: LineOrder },
  { changeSet, namings }: { readonly changeSet: ChangeSet; readonly namings: readonly Naming[] },
): Promise<Found> {
  const { order, subject } = task;
  const onChange = () => checkChanged(task, changeSet);
  const onBase = () => runOnBase(task, changeSet);
  const [changed, base] = await inLanes(task.ports.sandbox.isolation, onChange, onBase);
  if ("refusal" in changed) return changed;
  if ("refusal" in base) return base;
  const known = await knownFailures(task, { changed: changed.runs, base: base.bench });
  if ("refusal" in known) return known;
  const compared = await compareRuns(task, { changed, base, changeSet, namings });
  const { comparison, sight } = compared;
  const tests = comparison === undefined ? [] : [comparison];
  const ran = compared.withFurther(changed.runs);
  const before = [...compared.withFurther(base.runs), ...known.runs];
  const facts = [...ran, ...before, ...tests];
  const runs = ran.map((run) => withWeight(run, facts));
  const checks = { runs, base: before };
  const named = namings.flatMap(({ symbols }) => symbols);
  const symbols = await findSymbols(named, subject, task.ports.repository);
  const findings = { subject, checks, comparison, namings, sight, symbols };
  const criteria = proveCriteria(order.contract.acceptance, findings);
  const brought = await describeDependencies(task);
  const ratchet = await watchRatchet(task, changeSet);
  const turned = comparison?.failToPass ?? [];
  const noticed = await noticeHunks(task, { changeSet, ...changed, namings, sight, turned });
  const found = [...runs, ...checks.base, ...tests, ...criteria, ...brought, ...ratchet, noticed];
  return { evidence: withinSize(found) };
}

async function checkChanged(
  { order, workbench, dependencies }: Task,
  changeSet: ChangeSet,
): Promise<
  { readonly runs: readonly CheckRun[]; readonly bench: Bench } | { readonly refusal: Refusal }
> {
  const bench = await workbench.prepare("change", changeSet.files, dependencies);
  if ("refusal" in bench) return bench;
  return { runs: await runAll(bench, checkNames(order.config)), bench };
}

/** A check that fails on the change also runs on the base, to distinguish an old failure from a new one. */
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
