import type { Scope } from "../../domain/github/snapshot.ts";
import { readProposal } from "../observed/proposals.ts";
import type { ControlInput } from "../observed/situation.ts";
import { readsWorkflows } from "../vetoes/exposed-workflows.ts";

/** Tasks that look for files: those that a stack names, and those of loops. */
const FINDS: readonly ControlInput["task"][] = ["incident", "loop-open"];

/**
 * Whether it has to be known which files there are: for the frames of an alert, for workflows that a push would start, and
 * for places to mark. Everything else is decided without the list, which costs a request.
 */
export function filesToList(input: ControlInput): Pick<Scope, "paths"> {
  const isNeeded = FINDS.includes(input.task) || readsWorkflows(input) || marksPlaces(input);
  return isNeeded ? { paths: true } : {};
}

/** Places that a check named are marked where the file is there; most checks that pass name none. */
function marksPlaces(input: ControlInput): boolean {
  const { task, order } = input;
  if (task !== "settle" || order === undefined) return false;
  const verify = readProposal({ input }, { worker: "verify", order });
  if (verify.kind !== "proposal") return false;
  return verify.proposal.evidence.some(
    (piece) => piece.kind === "check" && (piece.problems ?? []).length > 0,
  );
}
