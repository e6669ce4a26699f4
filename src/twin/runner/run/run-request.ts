import type { TwinEvent } from "../../github/twin-github.ts";
import type { Cancellation } from "./cancellation.ts";
import type { OpenRun } from "./records.ts";
import type { Machine } from "./run-state.ts";

/** A run that was made for an event, with the way to stop it. */
export interface Run {
  readonly record: OpenRun;
  readonly cancellation: Cancellation;
  /** Runs it to its end; never throws. */
  start(): Promise<void>;
}

export interface RunRequest {
  readonly machine: Machine;
  readonly event: TwinEvent;
  readonly runId: number;
  readonly runNumber: number;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}
