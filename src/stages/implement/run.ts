import type { Plan } from "../../agent/answers.ts";
import { overviewOf } from "../../agent/overview.ts";
import { repositoryTools } from "../../agent/repository-tools.ts";
import { architectTask } from "../../agent/tasks.ts";
import type { ChangeSet } from "../../domain/change-set.ts";
import type { Contract } from "../../domain/contract.ts";
import type { Order } from "../../domain/order.ts";
import type { FailedProposal, ImplementProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Model } from "../../ports/model.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Baseline, Sandbox, Workspace } from "../../ports/sandbox.ts";
import { createAsker } from "../ask.ts";
import { type Meter, orderInvalid, proposalHead, runWorker, workerFailed } from "../proposal.ts";
import { readBaseline } from "./baseline.ts";
import { runCheck } from "./checks.ts";
import { type Bench, type Toolbox, workInRounds } from "./rounds.ts";

export interface ImplementPorts {
  readonly model: Model;
  readonly repository: Repository;
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly toolbox: Toolbox;
}

/**
 * One attempt at the contract of a line order: setup on the base, a plan, the coder's rounds in the sandbox, then the
 * change set, read when everything inside is dead. Whatever ends it early, what was written so far is a draft in the
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
      const baseline = await readBaseline(ports.repository, order.base);
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
  const { contract, baseline, workspace, meter, ports } = given;
  const begin = ports.clock.elapsed();
  const bench: Bench = {
    order,
    contract,
    workspace,
    toolbox: ports.toolbox,
    asker: createAsker(order, { ...ports, meter }),
    remainingMs: () => order.budget.wallClockMs - (ports.clock.elapsed() - begin),
  };
  const unprepared = await prepare(bench);
  if (unprepared !== undefined) return { refusal: unprepared };
  const planned = await makePlan(bench, ports.repository);
  if ("refusal" in planned) return planned;
  const work = await workInRounds(bench, planned.plan).catch((error: unknown) => ({
    refusal: workerFailed("implement", error),
  }));
  const collected = await collect(workspace, baseline);
  if ("refusal" in work) {
    return "refusal" in collected ? work : { ...work, ...draftOf(collected.changeSet) };
  }
  if ("refusal" in collected) return collected;
  const { changeSet } = collected;
  if (changeSet.files.length === 0) return { refusal: nothingProduced(work.answer.summary) };
  const { steps, files } = planned.plan;
  return {
    ...proposalHead(order, meter.spent()),
    worker: "implement",
    plan: { steps, files },
    changeSet,
    summary: work.answer.summary,
    assumptions: work.answer.assumptions,
    ran: [...work.ran],
  };
}

/** `setup`, with a network, on the base bytes: before any byte of an agent exists. */
async function prepare({ order, workspace, remainingMs }: Bench): Promise<Refusal | undefined> {
  const { config } = order;
  if (config.checks.setup === undefined) return undefined;
  const setup = await runCheck("setup", { config, workspace, remainingMs: remainingMs() });
  if (setup.passed) return undefined;
  return {
    code: "check-failed",
    subject: "setup",
    found: `it ${setup.said} on the base commit: ${setup.lines}`,
    accepted: "exit code 0",
    next: "correct `checks.setup` in .github/factory.yml on the default branch, then comment `/factory retry`",
  };
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
