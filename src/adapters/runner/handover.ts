import { join } from "node:path";
import { digestOf } from "../../domain/digest.ts";
import { bytesOf, fitProposal } from "../../domain/evidence/fit-proposal.ts";
import {
  digestOfOrder,
  isOrderOf,
  ORDERS_OF,
  type Order,
  type OrderFor,
  type OrderKind,
  type Worker,
} from "../../domain/order.ts";
import { type FailedProposal, PROPOSAL_BYTES, Proposal } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import { NO_USAGE } from "../../domain/usage.ts";
import type { Runner } from "../../ports/runner.ts";
import { readOrder, temporaryFolder } from "./order-file.ts";
import { Leaked } from "./withhold.ts";

/** Common parts of every worker's job: its name, and how the job's summary page shows its result. */
interface Duty<Name extends Worker = Worker> {
  readonly worker: Name;
  readonly describe: (proposal: Proposal) => string;
}

/**
 * Runs every worker's job: reads the order, works, writes the proposal, reports the result. A refusal, or an exception
 * of `work`, becomes a failed proposal, so that control can report it on the issue: nothing is silent.
 */
export async function fulfilOrder<Name extends Worker>(
  runner: Runner,
  duty: Duty<Name>,
  work: (order: OrderFor<Name>) => Promise<Proposal | { readonly refusal: Refusal }>,
): Promise<void> {
  try {
    const order = await readOrder(runner, runner.input("order"));
    const started = performance.now();
    const kinds: readonly OrderKind[] = ORDERS_OF[duty.worker];
    const result = isFor(order, duty.worker)
      ? await work(order).catch((error: unknown) => ({ refusal: refusalOf(duty.worker, error) }))
      : { refusal: refuseKind(order, kinds) };
    const durationMs = performance.now() - started;
    const proposal =
      "worker" in result
        ? result
        : failed({ order, worker: duty.worker, refusal: result.refusal, durationMs });
    await writeOrRefuse(runner, duty, { order, proposal });
  } catch (error) {
    runner.fail(messageOf(error));
  }
}

function isFor<Name extends Worker>(order: Order, worker: Name): order is OrderFor<Name> {
  return isOrderOf(order, ORDERS_OF[worker]);
}

function refuseKind(order: Order, kinds: readonly OrderKind[]): Refusal {
  const accepted = `an order of kind ${kinds.join(" or ")}`;
  return { code: "order-invalid", subject: "its kind", found: order.kind, accepted };
}

function refusalOf(worker: Worker, error: unknown): Refusal {
  return {
    code: "worker-failed",
    subject: worker,
    found: messageOf(error).slice(0, 2_000),
  };
}

function failed(failure: {
  readonly order: Order;
  readonly worker: Worker;
  readonly refusal: Refusal;
  readonly durationMs: number;
}): FailedProposal {
  const { order, worker, refusal, durationMs } = failure;
  const head = { version: 1, worker: "failed", of: worker, order: digestOfOrder(order) } as const;
  return { ...head, usage: NO_USAGE, durationMs, refusal };
}

/** A proposal with a secret of this job never leaves it: control gets the refusal instead. */
async function writeOrRefuse(
  runner: Runner,
  duty: Duty,
  result: { readonly order: Order; readonly proposal: Proposal },
): Promise<void> {
  const { order, proposal } = result;
  try {
    await writeProposal(runner, duty, proposal);
  } catch (error) {
    if (!(error instanceof Leaked)) throw error;
    const { refusal } = error;
    const instead = failed({
      order,
      worker: duty.worker,
      refusal,
      durationMs: proposal.durationMs,
    });
    await writeProposal(runner, duty, { ...instead, usage: proposal.usage });
  }
}

/** Control has a limit for bytes. A larger proposal would never arrive, so it is refused here, with its size. */
function withinReach(proposal: Proposal, worker: Worker): Proposal {
  const bytes = bytesOf(proposal);
  if (bytes <= PROPOSAL_BYTES) return proposal;
  const { version, order, usage, durationMs } = proposal;
  const refusal: Refusal = {
    code: "limit-exceeded",
    subject: `the proposal of ${worker}`,
    found: `${bytes} bytes, its long lists summed up`,
    accepted: `at most ${PROPOSAL_BYTES}`,
  };
  return { version, order, usage, durationMs, worker: "failed", of: worker, refusal };
}

async function writeProposal(runner: Runner, duty: Duty, whole: Proposal): Promise<void> {
  const proposal = withinReach(fitProposal(whole), duty.worker);
  const text = JSON.stringify(Proposal.parse(proposal));
  const path = join(temporaryFolder(), `${duty.worker}.json`);
  await runner.writeFile(path, text);
  runner.output("proposal", path);
  runner.output("digest", digestOf(text));
  runner.output("outcome", proposal.worker === "failed" ? "failed" : "done");
  await runner.summary(duty.describe(proposal));
  if (proposal.worker === "failed") {
    runner.warning(`${duty.worker} gave no result: ${proposal.refusal.code}`);
    runner.quote(proposal.refusal.found ?? proposal.refusal.subject);
  }
}
