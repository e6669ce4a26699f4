import { overviewOf } from "../../agent/prompt/overview.ts";
import { repositoryTools } from "../../agent/repository-tools.ts";
import type { Plan } from "../../agent/roles/architect/answer.ts";
import { architectTask } from "../../agent/roles/architect/task.ts";
import { withChecksFor } from "../../domain/config/scoped-checks.ts";
import type { LineOrder, OrderFor } from "../../domain/order.ts";
import type { FailedProposal, ImplementProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { workerFailed } from "../shared/worker-refusals.ts";
import {
  type Attempt,
  collect,
  draftOf,
  type ImplementPorts,
  nothingProduced,
  type Refused,
} from "./attempt.ts";
import { type BaseFindings, baselineOf, startBaseChecks } from "./base-checks.ts";
import { readBaseline } from "./baseline.ts";
import type { Bench } from "./bench.ts";
import { contractPaths } from "./contract-paths.ts";
import { sayLeftOut } from "./left-out.ts";
import { handOn } from "./rebuilt.ts";
import { workInRounds } from "./rounds.ts";
import { prepare, setUpBench } from "./set-up-base.ts";
import { type Begun, beginTests } from "./tester/begin.ts";
import { refuseTouched, touchedIn } from "./tester/guard.ts";
import type { Keeper } from "./tester/keeper.ts";
import { joinNamings, tellWhoWrote } from "./tester/who-wrote.ts";
import { runUnblock } from "./unblock/run-unblock.ts";

/**
 * One attempt at the contract of a line order. In order: setup on the base, the base's checks beside the architect's
 * plan, the tester's tests in their own workspace, and the coder's rounds in another. The change set is read after
 * everything inside has ended. A change that control repeated is passed on as it is. If it ends early, the work so far
 * is kept as a draft in the failure. A pull request to mend is worked on without architect and tester.
 */
export function runImplement(
  order: OrderFor<"implement">,
  ports: ImplementPorts,
): Promise<ImplementProposal | FailedProposal> {
  if (order.kind === "unblock") return runUnblock(order, ports);
  return runWorker<ImplementProposal>(
    order,
    { of: "implement", clock: ports.clock },
    async (meter) => {
      const { contract, rebuilt } = order;
      if (rebuilt !== undefined) return handOn({ ...order, rebuilt }, meter.spent());
      const baseline = await readBaseline(ports.repository, order.base, order.config);
      const workspace = await ports.sandbox.workspace((directory) =>
        ports.repository.materialize(order.base, directory),
      );
      try {
        return await attempt(order, { contract, baseline, workspace, meter, ports });
      } finally {
        await closeAtLast(workspace);
      }
    },
  );
}

/** A folder that cannot be removed must not cost the change that was already read; the sandbox cleans up on exit too. */
async function closeAtLast(workspace: Workspace): Promise<void> {
  await workspace.close().catch(() => undefined);
}

async function attempt(order: LineOrder, given: Attempt): Promise<ImplementProposal | Refused> {
  const paths = (await given.ports.repository.list(order.base)).map(({ path }) => path);
  const narrowed = withChecksFor(order, contractPaths(given.contract, paths));
  const bench = await setUpBench(narrowed, given);
  const unprepared = await prepare(bench);
  if (unprepared !== undefined) return { refusal: unprepared };
  const started = await lookAround(bench, given);
  if ("refusal" in started) return started;
  const begun = await beginTests(bench, given, started);
  if ("refusal" in begun) return begun;
  try {
    return await work(bench, given, { ...started, ...begun, asked: order });
  } finally {
    await begun.close();
  }
}

/** The coder's part, and the whole result. */
async function work(
  { order, ...rest }: Bench,
  given: Attempt,
  begun: Begun & {
    readonly plan: Plan;
    readonly base: BaseFindings;
    /** The order as received, which the proposal answers. */
    readonly asked: LineOrder;
  },
): Promise<ImplementProposal | Refused> {
  const { plan, base, keeper, division, asker } = begun;
  const bench: Bench = { ...rest, order, asker };
  const done = await workInRounds(bench, { plan, base, keeper }).catch((error: unknown) => ({
    refusal: workerFailed("implement", error),
  }));
  const touched = "refusal" in done ? undefined : await touchedAtLast(bench, keeper);
  const collected = await collect(given);
  if ("refusal" in done) {
    return "refusal" in collected ? done : { ...done, ...draftOf(collected.changeSet) };
  }
  if ("refusal" in collected) return collected;
  const { changeSet, leftOut } = collected;
  if (touched !== undefined) return { refusal: touched, ...draftOf(changeSet) };
  if (changeSet.files.length === 0) return { refusal: nothingProduced(done.answer.summary) };
  const namings = joinNamings(keeper.tests(), done.answer.proofs);
  return {
    ...proposalHead(begun.asked, given.meter.spent()),
    worker: "implement",
    plan: { steps: plan.steps, files: plan.files },
    changeSet,
    summary: done.answer.summary,
    assumptions: done.answer.assumptions,
    ran: [...done.ran],
    ...(namings === undefined ? {} : { namings: [...namings] }),
    ...tellWhoWrote(division, keeper, begun.shares(done.rounds)),
    ...sayLeftOut(leftOut),
    ...(base.length === 0 ? {} : { baseline: baselineOf(base) }),
  };
}

/** Checks ran once more after the last round, so effects of them or the change on the tests are checked at the very end. */
async function touchedAtLast(bench: Bench, keeper: Keeper): Promise<Refusal | undefined> {
  const frozen = keeper.tests()?.files ?? [];
  if (frozen.length === 0) return undefined;
  const touched = touchedIn(bench, frozen, await bench.lookAtChange());
  return touched.length === 0 ? undefined : refuseTouched(touched);
}

/**
 * The plan, and the failures of the base, found at the same time: the architect reads git objects, the checks run in the
 * workspace. Afterwards all files left by `setup` and those runs are recorded, so that they do not count as the coder's change.
 */
async function lookAround(
  bench: Bench,
  { baseline, ports }: Attempt,
): Promise<{ readonly plan: Plan; readonly base: BaseFindings } | { readonly refusal: Refusal }> {
  const checks = startBaseChecks(bench);
  try {
    const planned = await makePlan(bench, ports.repository);
    if ("refusal" in planned) return planned;
    const base = await checks.found;
    await bench.workspace.remember(baseline);
    return { plan: planned.plan, base };
  } finally {
    checks.stop();
  }
}

async function makePlan(
  { order, contract, asker }: Bench,
  repository: Repository,
): Promise<{ readonly plan: Plan } | { readonly refusal: Refusal }> {
  const said = await asker.ask(
    architectTask({
      order,
      contract,
      overview: await overviewOf(order, repository),
      tools: repositoryTools(repository, order.base),
      beforeTurn: asker.beforeTurn,
    }),
  );
  return "refusal" in said ? said : { plan: said.answer };
}
