import type { PlannedWorkflow } from "../workflow/plan-limits.ts";
import type { Cancellation } from "./cancellation.ts";
import type { JobResult, RunState } from "./run-state.ts";

/** A workflow in execution: the top one of a run, or one that a job of another calls. */
export interface WorkflowFrame {
  readonly run: RunState;
  readonly planned: PlannedWorkflow;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly cancellation: Cancellation;
  /** Concurrency groups held around it, in lower case. */
  readonly held: readonly string[];
  /** Results of all jobs that the calling jobs waited for. */
  readonly before: readonly JobResult[];
  /** Names of the calling jobs, outermost first. */
  readonly names: readonly string[];
  /** Ids of the calling jobs, outermost first. */
  readonly path: readonly string[];
}

export type JobResults = ReadonlyMap<string, JobResult>;

/** Runs a workflow; passed down, because a job may call a workflow again. */
export type RunWorkflow = (frame: WorkflowFrame) => Promise<JobResults | undefined>;

/** Contexts of a whole workflow. */
export function frameContexts(frame: WorkflowFrame): Readonly<Record<string, unknown>> {
  return { github: frame.run.github, inputs: frame.inputs, vars: frame.run.variables };
}
