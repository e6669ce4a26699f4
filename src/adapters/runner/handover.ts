import { join } from "node:path";
import { canonicalJson, digestOf } from "../../domain/digest.ts";
import {
  digestOfOrder,
  isOrderOf,
  ORDERS_OF,
  type Order,
  type OrderFor,
  type OrderKind,
  Order as OrderSchema,
  type Worker,
} from "../../domain/order.ts";
import {
  type Delivery,
  type FailedProposal,
  PROPOSAL_BYTES,
  Proposal,
  type ProposalOf,
} from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { NO_USAGE } from "../../domain/usage.ts";
import type { Runner } from "../../ports/runner.ts";
import { parseHanded, readHanded } from "./handed-file.ts";
import { Leaked } from "./withhold.ts";

const ORDER_BYTES = 4_000_000;

/**
 * The order of this run, from the file that `path` names, checked against the announced digest.
 * Throws with the step to repair when it is missing, of other bytes, or not an order.
 */
export async function readOrder(runner: Runner, path: string): Promise<Order> {
  if (path === "") {
    throw new Error(
      "Input order is missing: pass the path of the order that control made in this run.",
    );
  }
  const bytes = await readHanded(runner, { name: "order", path, maximumBytes: ORDER_BYTES });
  const announced = runner.input("order-digest");
  const found = digestOf(bytes);
  if (found !== announced) {
    throw new Error(
      `The order has digest ${found}, the job that made it announced "${announced}". Pass its output order-digest, unchanged.`,
    );
  }
  return parseHanded(OrderSchema, bytes, "order");
}

/** Writes the order in its canonical form, so that the file's SHA-256 is the order's digest. */
export async function writeOrder(runner: Runner, order: Order): Promise<void> {
  const path = join(temporaryFolder(), "order.json");
  await runner.writeFile(path, canonicalJson(order));
  runner.output("order", path);
  runner.output("order-digest", digestOfOrder(order));
  runner.output("base", order.base);
}

/** `worker=value` pairs of an input, separated by blanks; pairs without a value are left out: that worker did not run. */
export function readPairs(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(/\s+/).filter((pair) => pair !== "");
  const entries = pairs.map((pair): [string, string] => {
    const at = pair.indexOf("=");
    if (at < 1) throw new Error(`Expected worker=value, found "${pair}".`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return new Map(entries.filter(([, value]) => value !== ""));
}

/**
 * The proposal files that earlier jobs announced, unread: whoever uses one checks and parses it first. One that cannot be
 * read counts as not delivered and is named in the log, so that control still says on the issue what is missing.
 */
export async function readDeliveries(runner: Runner): Promise<readonly Delivery[]> {
  const folder = runner.input("handover");
  const announced = [...readPairs(runner.input("proposal-digests"))];
  const deliveries = announced.map(async ([worker, digest]): Promise<readonly Delivery[]> => {
    try {
      const bytes = await runner.readFile(join(folder, `${worker}.json`), PROPOSAL_BYTES);
      return [{ worker: worker as Worker, bytes, digest }];
    } catch (error) {
      runner.warning(`The proposal of ${worker} cannot be read.`);
      runner.quote(messageOf(error));
      return [];
    }
  });
  return (await Promise.all(deliveries)).flat();
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The proposal of one earlier worker of this run; throws when it is absent, failed, or does not answer this order. */
export async function readProposal<Name extends Worker>(
  runner: Runner,
  options: { readonly worker: Name; readonly order: Order },
): Promise<ProposalOf<Name>> {
  const proposal = await findProposal(runner, options);
  if (proposal === undefined) throw new Error(`${options.worker} gave no result in this run.`);
  return proposal;
}

/** As `readProposal`, but undefined when the worker gave no result; throws for bytes that are not what its job announced. */
export async function findProposal<Name extends Worker>(
  runner: Runner,
  options: { readonly worker: Name; readonly order: Order },
): Promise<ProposalOf<Name> | undefined> {
  const delivery = (await readDeliveries(runner)).find(({ worker }) => worker === options.worker);
  if (delivery === undefined) return undefined;
  if (digestOf(delivery.bytes) !== delivery.digest) {
    throw new Error(`The proposal of ${options.worker} is not the file that its job announced.`);
  }
  const proposal = parseHanded(Proposal, delivery.bytes, `proposal of ${options.worker}`);
  if (proposal.order !== digestOfOrder(options.order)) {
    throw new Error(`The proposal of ${options.worker} does not answer this order.`);
  }
  if (proposal.worker === "failed") return undefined;
  if (proposal.worker !== options.worker) {
    throw new Error(`The proposal of ${options.worker} is one of ${proposal.worker}.`);
  }
  return proposal as ProposalOf<Name>;
}

/** What a worker's job shares with every other: its name, and how its result is told on the job's summary page. */
interface Duty<Name extends Worker = Worker> {
  readonly worker: Name;
  readonly describe: (proposal: Proposal) => string;
}

/**
 * The life of every worker's job: read the order, work, write the proposal, tell what came of it. A refusal or whatever
 * `work` throws becomes a failed proposal, so that control can say on the issue what happened: nothing is silent.
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
    next: "read the log of this job, then `/factory retry`",
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

/** A proposal that holds a secret of this job never leaves it: control gets the refusal in its place. */
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

async function writeProposal(runner: Runner, duty: Duty, proposal: Proposal): Promise<void> {
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

/** The runner's folder for one job, which the sandbox never sees. */
export function temporaryFolder(): string {
  const folder = process.env.RUNNER_TEMP;
  if (folder === undefined || folder === "") {
    throw new Error(
      "RUNNER_TEMP is not set: an action of Millwright runs in a GitHub Actions job.",
    );
  }
  return join(folder, "millwright");
}
