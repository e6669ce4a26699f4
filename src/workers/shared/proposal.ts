import type { ChangeSet } from "../../domain/change-set.ts";
import { digestOfOrder, type Order, type Worker } from "../../domain/order.ts";
import type { FailedProposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Meter, type Spent, startMeter } from "./meter.ts";
import { withinBounds, workerFailed } from "./worker-refusals.ts";

/** Fields that every proposal shares: the order that it answers, and its cost. */
export function proposalHead(order: Order, spent: Spent) {
  return {
    version: 1,
    order: digestOfOrder(order),
    ...spent,
  } as const satisfies Partial<FailedProposal>;
}

/** The proposal of a worker that could not do its work, with its unfinished work as a draft. */
export function failed(
  order: Order,
  failure: {
    readonly of: Worker;
    readonly refusal: Refusal;
    readonly spent: Spent;
    readonly draft?: ChangeSet | undefined;
  },
): FailedProposal {
  return {
    ...proposalHead(order, failure.spent),
    worker: "failed",
    of: failure.of,
    refusal: withinBounds(failure.refusal),
    ...(failure.draft === undefined ? {} : { draft: failure.draft }),
  };
}

/**
 * Runs a worker so that any exception becomes a `worker-failed` proposal with the usage so far: a fault of ours or of a
 * port must never lose the cost. `work` returns a refusal if the worker itself refuses.
 */
export async function runWorker<Done>(
  order: Order,
  worker: { readonly of: Worker; readonly clock: Clock },
  work: (meter: Meter) => Promise<Done | { readonly refusal: Refusal; readonly draft?: ChangeSet }>,
): Promise<Done | FailedProposal> {
  const meter = startMeter(worker.clock);
  try {
    const result = await work(meter);
    if (!isRefused(result)) return result;
    return failed(order, { of: worker.of, ...result, spent: meter.spent() });
  } catch (error) {
    return failed(order, {
      of: worker.of,
      refusal: workerFailed(worker.of, error),
      spent: meter.spent(),
    });
  }
}

function isRefused<Done>(
  result: Done | { readonly refusal: Refusal; readonly draft?: ChangeSet },
): result is { readonly refusal: Refusal; readonly draft?: ChangeSet } {
  return typeof result === "object" && result !== null && "refusal" in result;
}
