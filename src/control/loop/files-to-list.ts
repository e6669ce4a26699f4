import type { Scope } from "../../domain/github/snapshot.ts";
import { readProposal } from "../observed/proposals.ts";
import type { ControlInput } from "../observed/situation.ts";
import { readsWorkflows } from "../vetoes/exposed-workflows.ts";

/** Tasks that need the list of files: the alert task, to find files that a stack trace names, and loops. */
const FINDS: readonly ControlInput["task"][] = ["incident", "loop-open"];

/**
 * Whether the decision needs the list of files: for the frames of an alert, for workflows that a push would start, or
 * for places to mark. The list costs a request, so nothing else asks for it.
 */
export function filesToList(input: ControlInput): Pick<Scope, "paths"> {
  const isNeeded = FINDS.includes(input.task) || readsWorkflows(input) || marksPlaces(input);
  return isNeeded ? { paths: true } : {};
}

/** Places that a check named are marked if the file exists. Most checks that pass name none. */
function marksPlaces(input: ControlInput): boolean {
  const { task, order } = input;
  if (task !== "settle" || order === undefined) return false;
  const verify = readProposal({ input }, { worker: "verify", order });
  if (verify.kind !== "proposal") return false;
  return verify.proposal.evidence.some(
    (piece) => piece.kind === "check" && (piece.problems ?? []).length > 0,
  );
}
