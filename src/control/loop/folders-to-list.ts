import type { Scope } from "../../domain/github/snapshot.ts";
import { foldersAbove } from "../../domain/github/tree-with.ts";
import { readProposal } from "../observed/proposals.ts";
import type { ControlInput } from "../observed/situation.ts";

/** With more folders than these, looking takes too long, and the change is published file by file. */
const MOST_FOLDERS = 40;

/**
 * Folders of the base that a change touches. They tell which tree the change makes before anything is written. A change
 * that continues an open pull request stands on another commit.
 */
export function foldersToList(input: ControlInput): Pick<Scope, "folders"> {
  const { task, order } = input;
  if (task !== "settle" || order?.kind !== "line" || order.continues !== undefined) return {};
  const implement = readProposal({ input }, { worker: "implement", order });
  if (implement.kind !== "proposal") return {};
  const { base, files } = implement.proposal.changeSet;
  const paths = foldersAbove(files.map(({ path }) => path));
  return paths.length > MOST_FOLDERS || paths.length === 0
    ? {}
    : { folders: { commit: base, paths } };
}
