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

/** Tasks that publish, and the one that would spend money before another can refuse to. */
const PUBLISHING: readonly Situation["input"]["task"][] = [
  "claim",
  "settle",
  "revert",
  "nightly-settle",
  "unblock-settle",
  "learn",
];

/** Whether it has to be known which workflow files there are. */
export function readsWorkflows({ task, identity }: Situation["input"]): boolean {
  return PUBLISHING.includes(task) && startsWorkflows(identity);
}

/** The workflow files that have to be read first: only where the identity is one whose pushes start workflows. */
export function workflowsToRead({ input, snapshot }: Situation): readonly FileAt[] {
  if (!readsWorkflows(input)) return [];
  if ("unknown" in snapshot.paths) return [];
  const { head } = snapshot.repository;
  return snapshot.paths.known.filter(isWorkflowPath).map((path) => ({ commit: head, path }));
}

/** Workflows that what is published here would start with secrets. A file that nobody could read may be one of them. */
export function refuseExposed(situation: Situation): Refusal | undefined {
  const { input, snapshot, files } = situation;
  if (!readsWorkflows(input)) return undefined;
  if ("unknown" in snapshot.paths) return refuseUnlisted();
  const texts = workflowsToRead(situation).map((file) => {
    const state = fileAt(files, file);
    const bytes = state !== undefined && "known" in state ? state.known : null;
    // No text at all is no workflow that can be read, and that refuses.
    return { path: file.path, text: bytes === null ? "" : new TextDecoder().decode(bytes) };
  });
  const { defaultBranch } = snapshot.repository;
  return refuseExposures(exposedWorkflows(texts, { defaultBranch, own: input.run.workflowFile }));
}
