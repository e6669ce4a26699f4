import type { ChangeSet } from "../../domain/change-set.ts";
import type { CheckName } from "../../domain/config/check.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { CheckRun } from "../../domain/evidence.ts";
import type { Side, SideTests, TwoSides } from "../../domain/github/unblock.ts";
import type { UnblockOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { type Bench, checkNames, type Found, runAll, type Task } from "../checks/workbench.ts";
import { compareSides } from "../proof/two-sides/compare-sides.ts";
import { type Merged, mergeSides } from "../proof/two-sides/merge.ts";
import { ownTestFiles } from "../proof/two-sides/own-tests.ts";
import { testsOfSide } from "../proof/two-sides/tests-of-side.ts";
import { withinSize } from "./evidence-size.ts";
import { changeBetween } from "./prove/change-between.ts";
import { withWeight } from "./run-notes.ts";

/** The evidence, with the results for both sides; or why there is none. */
export type FoundOfSides =
  | {
      readonly evidence: Extract<Found, { evidence: unknown }>["evidence"];
      readonly twoSides: TwoSides;
    }
  | { readonly refusal: Refusal };

/**
 * Every check on the result, those that fail there on the base too, and the tests of both sides and of their merge base.
 * Each side's tests are known by their own runs and looked for in the run on the result. Makes the merge again, so that
 * differences from it do not rest on the word of the result's author.
 */
export async function checkUnblock(
  task: Task & { readonly order: UnblockOrder },
  changeSet: ChangeSet,
): Promise<FoundOfSides> {
  const { order, workbench, ports, subject } = task;
  const { head } = order.unblock;
  const merged = await mergeSides(ports.repository, { base: order.base, head });
  if ("refusal" in merged) return merged;
  const bench = await workbench.prepare("change", changeSet.files);
  if ("refusal" in bench) return bench;
  const runs = await runAll(bench, checkNames(order.config));
  const before = await runOnBase(task, runs);
  if ("refusal" in before) return before;
  const tests = await testsOf(task, { merged, runs, before: before.runs, bench });
  if ("refusal" in tests) return tests;
  const facts = [...runs, ...before.runs];
  const twoSides = await compareSides(ports.repository, {
    ...{ merged, head, changeSet, tree: subject.tree, tests },
  });
  const weighed = runs.map((run) => withWeight(run, facts));
  return { evidence: withinSize([...weighed, ...before.runs]), twoSides };
}

/** The tests always, because one side is the base; any other check if it fails on the result. */
async function runOnBase(
  { workbench }: Task,
  runs: readonly CheckRun[],
): Promise<{ readonly runs: readonly CheckRun[] } | { readonly refusal: Refusal }> {
  const names = runs
    .filter(({ name, status }) => name === "test" || (name !== "setup" && status !== "passed"))
    .map(({ name }) => name as CheckName);
  if (names.length === 0) return { runs: [] };
  const base = await workbench.prepare("base", []);
  return "refusal" in base ? base : { runs: await runAll(base, names) };
}

async function testsOf(
  task: Task & { readonly order: UnblockOrder },
  known: {
    readonly merged: Merged;
    readonly runs: readonly CheckRun[];
    readonly before: readonly CheckRun[];
    readonly bench: Bench;
  },
): Promise<Readonly<Record<Side, SideTests | null>> | { readonly refusal: Refusal }> {
  const { order } = task;
  const result = known.runs.find(({ name }) => name === "test");
  const base = known.before.find(({ name }) => name === "test");
  if (result === undefined || base === undefined) return { head: null, base: null };
  const head = await testsAt(task, "head", order.unblock.head);
  if ("refusal" in head) return head;
  const { mergeBase } = known.merged;
  const parted = mergeBase === order.base ? base : await testsAt(task, "merge-base", mergeBase);
  if ("refusal" in parted) return parted;
  const shared = { parted, base, result };
  const own = async (side: ObjectId) =>
    await runOwnTests(task, known.bench, { parted: mergeBase, side, result });
  return {
    head: testsOfSide({ ...shared, side: head, other: base, own: await own(order.unblock.head) }),
    base: testsOfSide({ ...shared, side: base, other: head, own: await own(order.base) }),
  };
}

/** The tests on the result, with one side's test files as that side wrote them. */
async function runOwnTests(
  { ports, subject }: Task,
  bench: Bench,
  ends: { readonly parted: ObjectId; readonly side: ObjectId; readonly result: CheckRun },
): Promise<CheckRun> {
  const { parted, side, result } = ends;
  const put = await ownTestFiles(ports.repository, { parted, side, result: subject.tree });
  return put.length === 0 ? result : await bench.run("test", { put });
}

/** Test results of a whole commit. `setup` sees the base alone, so the commit's bytes are put on that. */
async function testsAt(
  { order, workbench, ports }: Task,
  on: "head" | "merge-base",
  commit: ObjectId,
): Promise<CheckRun | { readonly refusal: Refusal }> {
  const between = await changeBetween(ports.repository, { base: order.base, head: commit });
  if ("refusal" in between) return between;
  const bench = await workbench.prepare(on, between.changeSet.files);
  return "refusal" in bench ? bench : await bench.run("test");
}
