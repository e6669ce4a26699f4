import type { RunStatus } from "../../github/twin-github.ts";
import type { CacheMode } from "../workflow/overlay.ts";

export type Conclusion = "success" | "failure" | "cancelled" | "skipped";
export type RunConclusion = Conclusion | "startup_failure" | "action_required";

export interface StepRecord {
  /** As GitHub shows it, e.g. "Run actions/checkout@v6" or "Post Implement". */
  readonly name: string;
  readonly phase: "pre" | "main" | "post";
  /** Before continue-on-error. */
  readonly outcome: Conclusion;
  /** After continue-on-error. */
  readonly conclusion: Conclusion;
  readonly durationMs: number;
}

export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  /** Masked. */
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  /** Name of the step. */
  readonly step: string;
}

export interface JobRecord {
  readonly id: number;
  /** As GitHub shows it: names of the calling jobs before it, e.g. "line / verify / verify". */
  readonly name: string;
  /** Ids of the calling jobs and its own, e.g. "line/verify/verify". */
  readonly path: string;
  readonly runsOn: string;
  /** Null while it is queued or runs. */
  readonly conclusion: Conclusion | null;
  /** ISO 8601; null for a job that never started. */
  readonly startedAt: string | null;
  readonly durationMs: number;
  /** Rounded up to whole minutes, as each job is billed; 0 for a job that never started. */
  readonly billedMinutes: number;
  /** Permissions of its token. */
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly cacheMode: CacheMode | undefined;
  readonly steps: readonly StepRecord[];
  readonly outputs: Readonly<Record<string, string>>;
  /** Job summary, Markdown, masked. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** Masked lines. */
  readonly log: readonly string[];
}

export interface RunRecord {
  readonly id: number;
  readonly attempt: number;
  /** OWNER/NAME. */
  readonly repository: string;
  /** Name of the workflow. */
  readonly workflow: string;
  /** `run-name`, or the name of the workflow. */
  readonly title: string;
  /** Path of the workflow file. */
  readonly file: string;
  readonly event: string;
  readonly ref: string;
  readonly sha: string;
  /** Login. */
  readonly actor: string;
  readonly status: RunStatus;
  /** Null while the run is not completed. */
  readonly conclusion: RunConclusion | null;
  /** Why no job ran, or why the run was cancelled. */
  readonly error?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly jobs: readonly JobRecord[];
}

type Mutable<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key];
};
/** A record while it is being written. */
export type OpenJob = Mutable<JobRecord>;
export type OpenRun = Omit<Mutable<RunRecord>, "jobs"> & { readonly jobs: OpenJob[] };

interface Progress<Kind extends string> {
  readonly kind: Kind;
  readonly runId: number;
  readonly repository: string;
  readonly workflow: string;
}
interface JobProgress<Kind extends string> extends Progress<Kind> {
  readonly jobId: number;
  readonly job: string;
}

export type RunnerProgress =
  | (Progress<"run-started"> & { readonly event: string })
  | (Progress<"run-finished"> & {
      readonly conclusion: RunConclusion;
      readonly durationMs: number;
      readonly error?: string;
    })
  | JobProgress<"job-started">
  | (JobProgress<"job-finished"> & { readonly conclusion: Conclusion; readonly durationMs: number })
  | (JobProgress<"step-finished"> & {
      readonly step: string;
      readonly conclusion: Conclusion;
      readonly durationMs: number;
    });
