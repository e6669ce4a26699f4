import { tokenPermissions } from "../workflow/permissions.ts";
import type { PlannedJob } from "../workflow/plan-limits.ts";
import { literal } from "../workflow/template.ts";
import type { WorkflowFrame } from "./frame.ts";
import type { Conclusion, OpenJob } from "./records.ts";

export interface JobPlace {
  readonly frame: WorkflowFrame;
  readonly planned: PlannedJob;
  /** Name of the job itself, if already known. */
  readonly name?: string;
  readonly runsOn?: string;
}

/** Adds a job to the record of its run. */
export function openJob(place: JobPlace): OpenJob {
  const { frame, planned } = place;
  const job: OpenJob = {
    id: frame.run.machine.nextJobId(),
    name: [...frame.names, place.name ?? literal(planned.job.name) ?? planned.job.id].join(" / "),
    path: [...frame.path, planned.job.id].join("/"),
    runsOn: place.runsOn ?? "",
    conclusion: null,
    startedAt: null,
    durationMs: 0,
    billedMinutes: 0,
    permissions: tokenPermissions(planned.permissions),
    cacheMode: planned.cacheMode,
    steps: [],
    outputs: {},
    summary: "",
    annotations: [],
    log: [],
  };
  frame.run.record.jobs.push(job);
  return job;
}

/** Adds a job that never started, with the reason. */
export function closedJob(place: JobPlace, conclusion: Conclusion, why?: string): void {
  const job = openJob(place);
  job.conclusion = conclusion;
  if (why !== undefined) {
    job.annotations.push({ level: "error", message: why, step: "Set up job" });
    job.log.push(`##[error]${why}`);
  }
}
