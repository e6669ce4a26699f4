import type { ChangeSet } from "../../../domain/change-set.ts";
import { withChecksFor } from "../../../domain/config/scoped-checks.ts";
import type { RedCheck } from "../../../domain/github/unblock.ts";
import type { LineOrder, UnblockOrder } from "../../../domain/order.ts";
import type { FailedProposal, ImplementProposal } from "../../../domain/proposal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { type Merged, mergeSides } from "../../proof/two-sides/merge.ts";
import { hasMarks } from "../../proof/two-sides/merge-text.ts";
import { judgeDependencies } from "../../shared/dependencies.ts";
import { proposalHead, runWorker } from "../../shared/proposal.ts";
import { workerFailed } from "../../shared/worker-refusals.ts";
import { type Attempt, collect, draftOf, type ImplementPorts, type Refused } from "../attempt.ts";
import { type BaseFindings, baselineOf, startBaseChecks } from "../base-checks.ts";
import { readBaseline } from "../baseline.ts";
import type { Bench } from "../bench.ts";
import type { CheckOutcome } from "../known-failures.ts";
import { sayLeftOut } from "../left-out.ts";
import { runChecks } from "../round-checks.ts";
import { workInRounds } from "../rounds.ts";
import { prepare, setUpBench } from "../set-up-base.ts";
import { NO_KEEPER } from "../tester/keeper.ts";
import { lineOrderOf, planOf } from "./brief.ts";

/**
 * Mends a pull request. Code merges both sides on a prepared base, and a coder resolves the rest and what the checks
 * report. Without a conflict or a check that fails because of it, no model is asked.
 */
export function runUnblock(
  order: UnblockOrder,
  ports: ImplementPorts,
): Promise<ImplementProposal | FailedProposal> {
  return runWorker<ImplementProposal>(
    order,
    { of: "implement", clock: ports.clock },
    async (meter) => {
      const line = lineOrderOf(order);
      const merged = await mergeSides(ports.repository, {
        base: order.base,
        head: order.unblock.head,
      });
      if ("refusal" in merged) return merged;
      const refusal = await refuseDependencies(line, merged.changeSet, ports);
      if (refusal !== undefined) return { refusal };
      const baseline = await readBaseline(ports.repository, order.base, order.config);
      const workspace = await ports.sandbox.workspace((directory) =>
        ports.repository.materialize(order.base, directory),
      );
      const given: Attempt = { contract: line.contract, baseline, workspace, meter, ports };
      try {
        return await mend(order, { line, merged, given });
      } finally {
        await workspace.close().catch(() => undefined);
      }
    },
  );
}

interface Mending {
  readonly line: LineOrder;
  readonly merged: Merged;
  readonly given: Attempt;
}

async function mend(
  order: UnblockOrder,
  { line, merged, given }: Mending,
): Promise<ImplementProposal | Refused> {
  const paths = merged.changeSet.files.map(({ path }) => path);
  const bench = await setUpBench(withChecksFor(line, paths), given);
  const unprepared = await prepare(bench);
  if (unprepared !== undefined) return { refusal: unprepared };
  const base = await startBaseChecks(bench).found;
  await bench.workspace.remember(given.baseline);
  await bench.workspace.write(merged.changeSet.files);
  const outcomes = merged.conflicts.length === 0 ? await runChecks(bench, base) : [];
  if (!isBlocked(merged, outcomes, order.unblock.red)) return { refusal: NOTHING_BLOCKS };
  const plan = planOf(merged);
  const done = await work(bench, { plan, base, outcomes });
  const collected = await collect(given);
  if ("refusal" in done) {
    return "refusal" in collected ? done : { ...done, ...draftOf(collected.changeSet) };
  }
  if ("refusal" in collected) return collected;
  const { changeSet, leftOut } = collected;
  const marked = refuseMarks(changeSet, merged);
  if (marked !== undefined) return { refusal: marked, ...draftOf(changeSet) };
  return {
    ...proposalHead(order, given.meter.spent()),
    worker: "implement",
    plan: { steps: plan.steps, files: plan.files },
    changeSet,
    summary: done.answer.summary,
    assumptions: done.answer.assumptions,
    ran: [...done.ran],
    ...sayLeftOut(leftOut),
    ...(base.length === 0 ? {} : { baseline: baselineOf(base) }),
  };
}

async function work(
  bench: Bench,
  start: {
    readonly plan: ReturnType<typeof planOf>;
    readonly base: BaseFindings;
    readonly outcomes: readonly CheckOutcome[];
  },
) {
  try {
    return await workInRounds(bench, { ...start, keeper: NO_KEEPER });
  } catch (error) {
    return { refusal: workerFailed("implement", error) };
  }
}

/** By facts alone: a conflict, a check that fails here and not on the base, or one whose cause is the change by GitHub's facts. */
function isBlocked(
  { conflicts }: Merged,
  outcomes: readonly CheckOutcome[],
  red: readonly RedCheck[],
): boolean {
  return (
    conflicts.length > 0 ||
    outcomes.some(({ status }) => status === "failed") ||
    red.some(({ cause }) => cause === "change" || cause === "test")
  );
}

const NOTHING_BLOCKS: Refusal = {
  code: "nothing-produced",
  subject: "the pull request",
  found:
    "it merges without a conflict, no check of the config fails on the result that passes on the base, and no red check is told to be of this change",
};

/** Approvals on an issue are for that issue. On a pull request nobody has approved anything. */
async function refuseDependencies(
  line: LineOrder,
  changeSet: ChangeSet,
  { repository }: ImplementPorts,
): Promise<Refusal | undefined> {
  const judged = await judgeDependencies(line, changeSet, repository);
  return judged !== undefined && "refusal" in judged ? judged.refusal : undefined;
}

function refuseMarks({ files }: ChangeSet, { names, conflicts }: Merged): Refusal | undefined {
  const open = new Set(conflicts.map(({ path }) => path));
  const marked = files.find(
    (file) =>
      !("deleted" in file) &&
      file.encoding === "utf-8" &&
      open.has(file.path) &&
      hasMarks(file.content, names),
  );
  if (marked === undefined) return undefined;
  return {
    code: "change-set-invalid",
    subject: JSON.stringify(marked.path).slice(0, 300),
    found: "a mark of the conflict still stands in it",
    accepted: "no mark",
  };
}
