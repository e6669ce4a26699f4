import type { ChangeSet } from "../../domain/change-set.ts";
import type { CheckRun } from "../../domain/evidence.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { isTestFile } from "../checks/test-files.ts";
import { type Bench, runAll, type Task } from "../checks/workbench.ts";
import { readTouchedTests, runOldTests, type TouchedTests } from "./old-tests.ts";

/** Test results on the base, and on the base with the changed tests. */
export interface BaseRuns {
  readonly runs: readonly CheckRun[];
  /** Effect of the change on tests of the base; absent without a test check. */
  readonly touched?: TouchedTests;
  /** The prepared base, if it was needed. */
  readonly bench: Bench | undefined;
  /** The base with the changed tests; the base itself if no test file changed. */
  readonly testsBench?: Bench;
}

/** Runs the tests of the base, also with the changed test files, and the old tests on the change. */
export async function runOnBase(
  task: Task,
  changeSet: ChangeSet,
): Promise<BaseRuns | { readonly refusal: Refusal }> {
  const { order, workbench } = task;
  if (order.config.checks.test === undefined) return { runs: [], bench: undefined };
  const bench = await workbench.prepare("base", []);
  if ("refusal" in bench) return bench;
  const base = await runAll(bench, ["test"]);
  const touched = await readTouchedTests(task, changeSet.files);
  const changedTests = changeSet.files.filter(({ path }) => isTestFile(path));
  if (changedTests.length === 0) return { runs: base, bench, testsBench: bench, touched };
  const withTests = await workbench.prepare("base-with-changed-tests", changedTests);
  if ("refusal" in withTests) return withTests;
  const runs = [...base, await withTests.run("test")];
  const old = await runOldTests(task, touched);
  const ran = { bench, testsBench: withTests, touched };
  if (old === undefined) return { runs, ...ran };
  return "refusal" in old ? old : { runs: [...runs, old], ...ran };
}
