import { overviewOf } from "../../agent/prompt/overview.ts";
import { repositoryTools } from "../../agent/repository-tools.ts";
import type { Plan } from "../../agent/roles/architect/answer.ts";
import { architectTask } from "../../agent/roles/architect/task.ts";
import type { ChangeSet } from "../../domain/change-set.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Order } from "../../domain/order.ts";
import type { FailedProposal, ImplementProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Baseline, Sandbox, Workspace } from "../../ports/sandbox.ts";
import { createAsker } from "../shared/ask.ts";
import { judgeDependencies } from "../shared/dependencies.ts";
import type { Meter } from "../shared/meter.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { orderInvalid, workerFailed } from "../shared/worker-refusals.ts";
import { type BaseFindings, baselineOf, startBaseChecks } from "./base-checks.ts";
import { readBaseline } from "./baseline.ts";
import { tellingLines } from "./check-lines.ts";
import { recordCheck, sayRun } from "./checks.ts";
import { type Bench, type Toolbox, workInRounds } from "./rounds.ts";

export interface ImplementPorts {
  readonly model: Model;
  readonly repository: Repository;
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly toolbox: Toolbox;
}

/**
 * One attempt at the contract of a line order: setup on the base, then the checks of the base beside the architect's
 * plan, the coder's rounds in the sandbox, then the change set, read when everything inside is dead. Whatever ends it early, what was written so far is a draft in the
 * failure; a budget or a model that ends loses nothing.
 */
export function runImplement(
  order: Order,
  ports: ImplementPorts,
): Promise<ImplementProposal | FailedProposal> {
  return runWorker<ImplementProposal>(
    order,
    { of: "implement", clock: ports.clock },
    async (meter) => {
      const { contract } = order;
      if (contract === undefined) {
        return { refusal: orderInvalid("contract", "a line order with the approved contract") };
      }
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

/** A folder that cannot be removed must not cost the change that was already read from it; the sandbox cleans up on exit too. */
async function closeAtLast(workspace: Workspace): Promise<void> {
  await workspace.close().catch(() => undefined);
}

interface Attempt {
  readonly contract: Contract;
  readonly baseline: Baseline;
  readonly workspace: Workspace;
  readonly meter: Meter;
  readonly ports: ImplementPorts;
}

type Refused = { readonly refusal: Refusal; readonly draft?: ChangeSet };

async function attempt(order: Order, given: Attempt): Promise<ImplementProposal | Refused> {
  const { workspace, baseline, meter } = given;
  const bench = await setUpBench(order, given);
  const unprepared = await prepare(bench);
  if (unprepared !== undefined) return { refusal: unprepared };
  const started = await lookAround(bench, given);
  if ("refusal" in started) return started;
  const { plan, base } = started;
  const work = await workInRounds(bench, { plan, base }).catch((error: unknown) => ({
    refusal: workerFailed("implement", error),
  }));
  const collected = await collect(workspace, baseline);
  if ("refusal" in work) {
    return "refusal" in collected ? work : { ...work, ...draftOf(collected.changeSet) };
  }
  if ("refusal" in collected) return collected;
  const { changeSet } = collected;
  if (changeSet.files.length === 0) return { refusal: nothingProduced(work.answer.summary) };
  return {
    ...proposalHead(order, meter.spent()),
    worker: "implement",
    plan: { steps: plan.steps, files: plan.files },
    changeSet,
    summary: work.answer.summary,
    assumptions: work.answer.assumptions,
    ran: [...work.ran],
    ...(base.length === 0 ? {} : { baseline: baselineOf(base) }),
  };
}

async function setUpBench(order: Order, given: Attempt): Promise<Bench> {
  const { contract, workspace, meter, ports } = given;
  const begin = ports.clock.elapsed();
  return {
    order,
    contract,
    workspace,
    toolbox: ports.toolbox,
    asker: createAsker(order, { ...ports, meter }),
    subject: { base: order.base, tree: await ports.repository.treeOf(order.base) },
    judgeDependencies: () => dependenciesOf(order, given),
    remainingMs: () => order.budget.wallClockMs - (ports.clock.elapsed() - begin),
  };
}

/** Asked after each round, when everything inside is dead. What cannot be collected is refused after the last one. */
async function dependenciesOf(
  order: Order,
  { workspace, baseline, ports }: Attempt,
): ReturnType<Bench["judgeDependencies"]> {
  const collected = await collect(workspace, baseline);
  if ("refusal" in collected) return "untouched";
  const judged = await judgeDependencies(order, collected.changeSet, ports.repository);
  if (judged === undefined) return "untouched";
  return "refusal" in judged ? judged : "approved";
}

/** `setup`, with a network, on the base bytes: before any byte of an agent exists. */
async function prepare(bench: Bench): Promise<Refusal | undefined> {
  const { workspace, subject } = bench;
  const { config } = bench.order;
  if (config.checks.setup === undefined) return undefined;
  const remainingMs = bench.remainingMs();
  const task = { name: "setup", config, on: "base", subject, remainingMs } as const;
  const { run, output } = await recordCheck(workspace, task);
  if (run.status === "passed") return undefined;
  return {
    code: "check-failed",
    subject: "setup",
    found: `it ${sayRun(run)} on the base commit: ${tellingLines(output)}`,
    accepted: "exit code 0",
    next: "correct `checks.setup` in .github/factory.yml on the default branch, then comment `/factory retry`",
  };
}

/**
 * The plan, and what fails on the base, found at the same time: the architect reads git objects, the checks run in the
 * workspace. Then everything that `setup` and those runs left behind is remembered, so that it is no change of the coder.
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

async function collect(
  workspace: Workspace,
  baseline: Baseline,
): Promise<{ readonly changeSet: ChangeSet } | { readonly refusal: Refusal }> {
  try {
    const collected = await workspace.collect(baseline);
    if ("changeSet" in collected) return collected;
    return { refusal: summed(collected.refusals) };
  } catch (error) {
    return { refusal: workerFailed("collecting the change", error) };
  }
}

/** The first refusal, with how many more there were. */
function summed(refusals: readonly Refusal[]): Refusal {
  const [first] = refusals;
  if (first === undefined) {
    return { code: "change-set-invalid", subject: "change", found: "refused without a reason" };
  }
  const more = refusals.length - 1;
  return more === 0 ? first : { ...first, found: `${first.found ?? "refused"}, and ${more} more` };
}

function draftOf(changeSet: ChangeSet): { readonly draft?: ChangeSet } {
  return changeSet.files.length === 0 ? {} : { draft: changeSet };
}

function nothingProduced(summary: string): Refusal {
  return {
    code: "nothing-produced",
    subject: "implement",
    found: `no file differs from the base; the coder said: ${summary}`,
    accepted: "at least one changed file that the base does not ignore",
  };
}
