import type { LineOrder } from "../../domain/order.ts";
import type { ImplementProposal } from "../../domain/proposal.ts";
import { proposalHead } from "../shared/proposal.ts";

/**
 * The proposal for a change that control repeated on a moved base, passed on as in the order. No model is asked and
 * nothing runs; verify and review check it like any other.
 */
export function handOn(
  order: LineOrder & { readonly rebuilt: NonNullable<LineOrder["rebuilt"]> },
  spent: Parameters<typeof proposalHead>[1],
): ImplementProposal {
  const { changeSet, summary, namings } = order.rebuilt;
  return {
    ...proposalHead(order, spent),
    worker: "implement",
    plan: { steps: [], files: [] },
    changeSet,
    summary,
    assumptions: [],
    ran: [],
    namings,
  };
}
