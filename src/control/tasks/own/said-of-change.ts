import { keepSaid, type SaidOfChange } from "../../../domain/ledger/rebuilt.ts";
import type { ImplementProposal } from "../../../domain/proposal.ts";
import { recordable } from "../../guard/withhold.ts";

/**
 * What the ledger keeps of a published change, so that the same change can be proven on another base; nothing where it could
 * not be written down.
 */
export function saidOfChange(made: ImplementProposal): { readonly said?: SaidOfChange } {
  const said = keepSaid(made);
  if (said === undefined) return {};
  const text = JSON.stringify(said);
  return recordable(text) === text ? { said } : {};
}
