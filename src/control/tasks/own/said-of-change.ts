import { keepSaid, type SaidOfChange } from "../../../domain/ledger/rebuilt.ts";
import type { ImplementProposal } from "../../../domain/proposal.ts";
import { recordable } from "../../guard/withhold.ts";

/**
 * Facts about a published change that the ledger keeps, so that the same change can be proven on another base; empty if
 * they could not be recorded.
 */
export function saidOfChange(made: ImplementProposal): { readonly said?: SaidOfChange } {
  const said = keepSaid(made);
  if (said === undefined) return {};
  const text = JSON.stringify(said);
  return recordable(text) === text ? { said } : {};
}
