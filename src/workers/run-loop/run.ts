import type { Gathered } from "../../domain/loop/gathered.ts";
import { ITEMS } from "../../domain/loop/gathered.ts";
import type { LoopOrder } from "../../domain/order.ts";
import type { FailedProposal, LoopProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { DependencyOptions } from "../../gatherers/dependencies/options.ts";
import { gatherPerformance } from "../../gatherers/performance/gather.ts";
import { PerformanceOptions } from "../../gatherers/performance/options.ts";
import { ProductOptions } from "../../gatherers/product/options.ts";
import type { Sandbox } from "../../ports/sandbox.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { gatherDependenciesIn } from "./dependencies.ts";
import { gather, type LoopCommand, measure } from "./gather.ts";
import { onCopy } from "./on-copy.ts";
import { measureIn, runsIn } from "./performance.ts";
import { gatherProductIn, type Visitor } from "./product.ts";
import { gatherShipped, refuseShipped, type ShippedPorts } from "./shipped.ts";

export interface LoopPorts extends ShippedPorts {
  readonly sandbox: Sandbox;
  readonly visitor: Visitor;
}

const MINUTE_MS = 60_000;

/**
 * Gathers by code: the loop's command on a fresh copy of the base, in the sandbox and without a network, then each of
 * its measures on a copy of its own. A failure is a refusal, never an empty list, because only a gatherer that looked
 * and found nothing may report nothing.
 */
export async function runLoop(
  order: LoopOrder,
  ports: LoopPorts,
): Promise<LoopProposal | FailedProposal> {
  return await runWorker<LoopProposal>(
    order,
    { of: "run-loop", clock: ports.clock },
    async (meter) => {
      const begin = ports.clock.elapsed();
      const remainingMs = () => order.budget.wallClockMs - (ports.clock.elapsed() - begin);
      const found = await gatherAll(order, { ...ports, remainingMs });
      if ("refusal" in found) return found;
      return { worker: "run-loop", ...found, ...proposalHead(order, meter.spent()) };
    },
  );
}

type Found = Pick<LoopProposal, "gathered" | "ran">;
type Bounded = LoopPorts & { readonly remainingMs: () => number };

async function gatherAll(
  order: LoopOrder,
  ports: Bounded,
): Promise<Found | { readonly refusal: Refusal }> {
  const { loop } = order.loop;
  const found = await gatherOnce(order, ports);
  if ("refusal" in found) return found;
  const ran = [{ what: "gather", durationMs: found.durationMs }];
  const measures: Record<string, number> = {
    ...found.gathered.measures,
    [ITEMS]: found.gathered.items.length,
  };
  for (const [what, asked] of Object.entries(loop.measures)) {
    const figure = await onCopy(order, ports, {
      work: (workspace) => measure(workspace, bounded({ what, ...asked }, ports.remainingMs())),
    });
    if ("refusal" in figure) return figure;
    if (Object.hasOwn(found.gathered.measures, what)) return { refusal: refuseTwice(what) };
    measures[what] = figure.value;
    ran.push({ what, durationMs: figure.durationMs });
  }
  const gathered: Gathered = { items: found.gathered.items, measures };
  return { gathered, ran };
}

/** By the loop's own command, or by a gatherer of the factory; most of them read git objects and run nothing. */
async function gatherOnce(order: LoopOrder, ports: Bounded) {
  const { command, use, minutes } = order.loop.loop.gather;
  if (isRunning(use)) return gatherRunning(use, order, ports);
  if (command === undefined) return gatherShipped(order, ports);
  const task = { what: "gather", command, minutes };
  return onCopy(order, ports, {
    work: (workspace) => gather(workspace, bounded(task, ports.remainingMs())),
  });
}

/** By a gatherer of the factory that runs programs of the base, on a copy without a view of GitHub. */
async function gatherRunning(use: Running, order: LoopOrder, ports: Bounded) {
  const { with: told = {}, minutes } = order.loop.loop.gather;
  const begin = ports.clock.elapsed();
  const timeoutMs = () => Math.max(1, Math.min(minutes * MINUTE_MS, ports.remainingMs()));
  try {
    const found = await RUNNING[use]({ told, order, ports, timeoutMs });
    if ("refusal" in found) return found;
    return { ...found, durationMs: Math.max(0, ports.clock.elapsed() - begin) };
  } catch (error) {
    return { refusal: refuseShipped(use, error) };
  }
}

type Running = "dependencies" | "performance" | "product";
type RunningGather = (given: {
  readonly told: unknown;
  readonly order: LoopOrder;
  readonly ports: Bounded;
  readonly timeoutMs: () => number;
}) => Promise<{ readonly gathered: Gathered } | { readonly refusal: Refusal }>;

const RUNNING: Readonly<Record<Running, RunningGather>> = {
  dependencies: ({ told, order, ports, timeoutMs }) => {
    const options = DependencyOptions.parse(told);
    return onCopy(order, ports, {
      shows: false,
      work: async (workspace) => ({
        gathered: await gatherDependenciesIn(workspace, { options, timeoutMs }),
      }),
    });
  },
  performance: async ({ told, order, ports, timeoutMs }) => {
    const options = PerformanceOptions.parse(told);
    const bytes = await ports.repository.read(order.base, options.history);
    const committed = bytes && new TextDecoder().decode(bytes);
    const { runs } = runsIn(committed, options.history);
    return onCopy(order, ports, {
      shows: false,
      setups: setupsOf(options),
      work: async (workspace) => {
        const measured = await measureIn(workspace, options, timeoutMs);
        const now = { commit: order.base, at: order.at, ...measured };
        return { gathered: gatherPerformance(options, runs, now) };
      },
    });
  },
  product: ({ told, order, ports, timeoutMs }) => {
    const options = ProductOptions.parse(told);
    const { visitor } = ports;
    return onCopy(order, ports, {
      shows: false,
      setups: setupsOf(options),
      work: async (workspace) => ({
        gathered: await gatherProductIn(workspace, { options, visitor, timeoutMs: timeoutMs() }),
      }),
    });
  },
};

function setupsOf({ setup }: { readonly setup?: string | undefined }) {
  return setup === undefined ? [] : [{ run: setup }];
}

function isRunning(use: string | undefined): use is Running {
  return use !== undefined && Object.hasOwn(RUNNING, use);
}

function bounded(
  { what, command, minutes }: Pick<LoopCommand, "what" | "command"> & { readonly minutes: number },
  remainingMs: number,
): LoopCommand {
  return { what, command, timeoutMs: Math.max(1, Math.min(minutes * MINUTE_MS, remainingMs)) };
}

function refuseTwice(measured: string): Refusal {
  return {
    code: "nothing-produced",
    subject: `the measure ${measured}`,
    found: "the gatherer and a command both give it",
    accepted: "one of the two",
  };
}
