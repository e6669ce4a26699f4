import { CheckRun } from "../evidence.ts";
import { PROPOSAL_BYTES, type Proposal } from "../proposal.ts";
import { fitEvidence } from "./fit-evidence.ts";

/** Length of a proposal when written. */
export function bytesOf(proposal: Proposal): number {
  return Buffer.byteLength(JSON.stringify(proposal));
}

/** The same proposal with evidence that control can read. Too long parts are summed up, and the notes say so. */
export function fitProposal(proposal: Proposal): Proposal {
  if (proposal.worker !== "verify") return proposal;
  const fits = (evidence: (typeof proposal)["evidence"]) =>
    evidence.every((piece) => piece.kind !== "check" || CheckRun.safeParse(piece).success) &&
    bytesOf({ ...proposal, evidence }) <= PROPOSAL_BYTES;
  return { ...proposal, evidence: [...fitEvidence(proposal.evidence, (one) => fits([...one]))] };
}
