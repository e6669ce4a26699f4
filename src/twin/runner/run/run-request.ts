import type { TwinEvent } from "../../github/twin-github.ts";
import type { Cancellation } from "./cancellation.ts";
import type { JobRecord, OpenRun } from "./records.ts";
import type { Machine } from "./run-state.ts";

/** What a person runs again: all jobs, or those that failed with what follows them. */
export type Again = "all" | "failed";

/** A run that was made for an event, with the way to stop it. */
export interface Run {
  readonly record: OpenRun;
  readonly event: TwinEvent;
  readonly cancellation: Cancellation;
  /** Runs it to its end; never throws. */
  start(): Promise<void>;
  /** Begins another attempt, with the results of jobs that succeeded kept or not. Missing where no job ever began. */
  readonly again?: (which: Again) => Promise<void>;
  /** Lets it begin after all, once. Missing where it waits for nobody. */
  readonly approve?: (() => Promise<void>) | undefined;
  /** The jobs of earlier attempts. */
  readonly past?: readonly PastJob[];
}

export interface PastJob {
  readonly attempt: number;
  readonly job: JobRecord;
}

export interface RunRequest {
  readonly machine: Machine;
  readonly event: TwinEvent;
  readonly runId: number;
  readonly runNumber: number;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}
