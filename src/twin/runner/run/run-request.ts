import type { TwinEvent } from "../../github/twin-github.ts";
import type { Cancellation } from "./cancellation.ts";
import type { JobRecord, OpenRun } from "./records.ts";
import type { Machine } from "./run-state.ts";

/** Jobs that a person reruns: all, or the failed ones with their dependents. */
export type Again = "all" | "failed";

/** A run for an event, and how to stop it. */
export interface Run {
  readonly record: OpenRun;
  readonly event: TwinEvent;
  readonly cancellation: Cancellation;
  /** Runs it to its end; never throws. */
  start(): Promise<void>;
  /** Begins another attempt, with or without the results of successful jobs. Missing if no job ever began. */
  readonly again?: (which: Again) => Promise<void>;
  /** Lets it begin after all, once. Missing if it waits for nobody. */
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
