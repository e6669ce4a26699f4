import type { PlannedJob } from "../workflow/plan-limits.ts";
import type { Cancellation } from "./cancellation.ts";
import type { RunWorkflow, WorkflowFrame } from "./frame.ts";
import type { JobResult } from "./run-state.ts";

export interface ReadyJob {
  readonly frame: WorkflowFrame;
  readonly planned: PlannedJob;
  /** Results of all jobs that it waited for, including those before the calling jobs. */
  readonly before: readonly JobResult[];
  /** github, inputs, vars and needs. */
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly cancellation: Cancellation;
  readonly runWorkflow: RunWorkflow;
}

export interface Cell {
  readonly job: ReadyJob;
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly cancellation: Cancellation;
  readonly held: readonly string[];
}
