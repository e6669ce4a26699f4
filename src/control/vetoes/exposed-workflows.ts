import type { Refusal } from "../../domain/refusal.ts";
import {
  exposedWorkflows,
  isWorkflowPath,
  refuseExposures,
  refuseUnlisted,
  startsWorkflows,
} from "../exposure/branch-workflows.ts";
import { type FileAt, fileAt } from "../observed/files.ts";
import type { Situation } from "../observed/situation.ts";

/** Tasks that publish, and the one that would spend money before they can refuse. */
const PUBLISHING: readonly Situation["input"]["task"][] = [
  "claim",
  "settle",
  "revert",
  "nightly-settle",
  "unblock-settle",
  "learn",
];

/** Whether the list of workflow files is needed. */
export function readsWorkflows({ task, identity }: Situation["input"]): boolean {
  return PUBLISHING.includes(task) && startsWorkflows(identity);
}

/** Workflow files to read first: only for an identity whose pushes start workflows. */
export function workflowsToRead({ input, snapshot }: Situation): readonly FileAt[] {
  if (!readsWorkflows(input)) return [];
  if ("unknown" in snapshot.paths) return [];
  const { head } = snapshot.repository;
  return snapshot.paths.known.filter(isWorkflowPath).map((path) => ({ commit: head, path }));
}

/** Refuses if a publication would start workflows with secrets. An unreadable file may be one of them. */
export function refuseExposed(situation: Situation): Refusal | undefined {
  const { input, snapshot, files } = situation;
  if (!readsWorkflows(input)) return undefined;
  if ("unknown" in snapshot.paths) return refuseUnlisted();
  const texts = workflowsToRead(situation).map((file) => {
    const state = fileAt(files, file);
    const bytes = state !== undefined && "known" in state ? state.known : null;
    // An empty text is no readable workflow, which refuses.
    return { path: file.path, text: bytes === null ? "" : new TextDecoder().decode(bytes) };
  });
  const { defaultBranch } = snapshot.repository;
  return refuseExposures(exposedWorkflows(texts, { defaultBranch, own: input.run.workflowFile }));
}
