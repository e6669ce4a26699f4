import { join } from "node:path";
import type { Cancellation } from "../run/cancellation.ts";
import type { OpenJob } from "../run/records.ts";
import type { RunState } from "../run/run-state.ts";
import type { PlannedJob } from "../workflow/plan-limits.ts";
import type { WorkflowFile } from "../workflow/workflow-model.ts";
import type { JobFolders } from "./job-folders.ts";

/** One job (one cell of its matrix) that should run now. */
export interface JobAssignment {
  readonly run: RunState;
  readonly planned: PlannedJob;
  /** The file of the job. */
  readonly workflow: WorkflowFile;
  readonly record: OpenJob;
  /** github, inputs, vars, needs, strategy and matrix. */
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly cancellation: Cancellation;
  /** Its runner is lost midway. */
  readonly isLost: boolean;
}

export function eventPath(folders: JobFolders): string {
  return join(folders.temp, "event.json");
}
