import type { TwinGitHub } from "../../github/twin-github.ts";
import type { Artifacts } from "../actions/artifacts.ts";
import type { CacheService } from "../actions/cache-service.ts";
import type { Library } from "../actions/library.ts";
import type { BrokenAptList } from "../process/apt-list.ts";
import type { Expressions } from "../workflow/expressions.ts";
import type { Cancellation } from "./cancellation.ts";
import type { ConcurrencyGroups } from "./concurrency.ts";
import type { RunIdentity } from "./github-context.ts";
import type { Conclusion, OpenJob, OpenRun, RunnerProgress } from "./records.ts";
import type { Slots } from "./slots.ts";

/**
 * Whether the `success()` that GitHub adds to an `if` in a called workflow includes jobs that the calling job waited
 * for. Reports disagree (actions/runner#2205, community discussion 189172); strict stops more.
 */
export type SkipReading = "strict" | "lenient";

/** Shared by all runs: the machine. */
export interface Machine {
  readonly github: TwinGitHub;
  readonly library: Library;
  readonly expressions: Expressions;
  readonly groups: ConcurrencyGroups;
  readonly slots: Slots;
  /** Folder for jobs and artifacts. */
  readonly directory: string;
  readonly node: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly skips: SkipReading;
  /** The number of the job in each run, by request for a runner, that gets none. */
  readonly losesJob: number | undefined;
  /** The number of the job in each run, by request for a runner, whose runner is lost midway. */
  readonly losesRunner: number | undefined;
  /** Set if a package list is broken and machines lack bubblewrap. */
  readonly aptList: BrokenAptList | undefined;
  /** Milliseconds in a minute of `timeout-minutes`. */
  readonly minute: number;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly grace: number;
  /** Free bytes below which a job's folders are removed when it ends, and not when the runner closes. */
  readonly keepJobsAbove: number;
  /** Artifacts of every run so far, by the run's id. */
  readonly artifacts: Map<number, Artifacts>;
  readonly caches: CacheService;
  now(): Date;
  nextJobId(): number;
  progress(event: RunnerProgress): void;
}

/** Shared by the jobs of one run. */
export interface RunState {
  readonly machine: Machine;
  readonly record: OpenRun;
  readonly identity: RunIdentity;
  /** The `github` context without the parts of a job. */
  readonly github: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly artifacts: Artifacts;
  readonly cancellation: Cancellation;
  readonly attempts: Attempts;
}

/** A successful job, and its reported result. */
export interface EndedJob {
  readonly result: JobResult;
  readonly record: OpenJob;
}

/** Successful jobs, by place in the run: those kept from the previous attempt, and those of this one. */
export interface Attempts {
  readonly before: ReadonlyMap<string, EndedJob>;
  readonly now: Map<string, EndedJob>;
}

/** Content of `needs.<id>` for a job. */
export interface JobResult {
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  /** It ran in this attempt, which is not the first, so its dependents run again. */
  readonly isNew?: boolean;
}

/** As expressions see it. */
export function shownOf({ result, outputs }: JobResult): JobResult {
  return { result, outputs };
}

export function nothingFrom(result: Conclusion): JobResult {
  return { result, outputs: {} };
}

/** The part of a progress event that names the run. */
export function runFacts(run: RunState): {
  readonly runId: number;
  readonly repository: string;
  readonly workflow: string;
} {
  const { id, repository, workflow } = run.record;
  return { runId: id, repository, workflow };
}

/** Combined result of several jobs. */
export function combinedResult(results: readonly Conclusion[]): Conclusion {
  for (const result of ["failure", "cancelled"] as const) {
    if (results.includes(result)) {
      return result;
    }
  }
  return results.every((result) => result === "skipped") && results.length > 0
    ? "skipped"
    : "success";
}
