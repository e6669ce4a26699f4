import { join } from "node:path";
import { digestOf } from "../../domain/digest.ts";
import { digestOfOrder, type Order, type Worker } from "../../domain/order.ts";
import { type Delivery, PROPOSAL_BYTES, Proposal, type ProposalOf } from "../../domain/proposal.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import type { Runner } from "../../ports/runner.ts";
import { parseHanded } from "./handed-file.ts";

/** `worker=value` pairs of an input, separated by blanks; pairs without a value are left out, because that worker did not run. */
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
 * Unread proposal files that earlier jobs announced; the user of one checks and parses it first. An unreadable one
 * counts as not delivered and is named in the log, so that control still reports on the issue what is missing.
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

/** The proposal of one earlier worker of this run; throws if it is absent, failed, or does not answer this order. */
export async function readProposal<Name extends Worker>(
  runner: Runner,
  options: { readonly worker: Name; readonly order: Order },
): Promise<ProposalOf<Name>> {
  const proposal = await findProposal(runner, options);
  if (proposal === undefined) throw new Error(`${options.worker} gave no result in this run.`);
  return proposal;
}

/** Like `readProposal`, but undefined if the worker gave no result; throws for bytes that differ from what its job announced. */
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
