import type { Config } from "../../src/domain/config/schema.ts";
import type { ModelRequest } from "../../src/twin/model/model-call.ts";
import type { JobRecord, RunRecord } from "../../src/twin/runner/run/records.ts";
import type { Handover } from "../../src/twin/shape.ts";

/** Who sent a request: a person of the world, a job by its token, or somebody without a name. */
export type Caller =
  | { readonly kind: "person"; readonly login: string }
  | { readonly kind: "job"; readonly runId: number; readonly jobId: number }
  | { readonly kind: "unknown" };

/** A request as it came in at the twin's GitHub, whatever was answered. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly caller: Caller;
}

/** A process that the runner started for a step. */
export interface SeenProcess {
  readonly jobId: number;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Both streams, unmasked, as the runner read them. */
  readonly output: string;
}

/** A value that must not be found elsewhere. `at` says where it lives. */
export interface Canary {
  readonly at: string;
  readonly value: string;
}

/** One line of `git diff-tree --raw`: what a ref has that the base has not. */
export interface TreeChange {
  readonly ref: string;
  readonly path: string;
  /** Six digits; 000000 for a deletion. */
  readonly mode: string;
  readonly oldMode: string;
}

/** A commit on the first-parent chain of the default branch, newer than the base. */
export interface MainCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly tree: string;
}

export interface SeenRefs {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  /** Refs of the other repositories of the twin that changed: none may. */
  readonly elsewhere: readonly string[];
  readonly main: readonly MainCommit[];
  readonly changes: readonly TreeChange[];
  /** What `git fsck --strict` says with the folding of HFS+ and NTFS. */
  readonly fsck: string;
  /** Paths of one commit that a case-folding file system takes for the same. */
  readonly twins: readonly string[];
  /** Text of every object that was not there at the start. */
  readonly objects: string;
  /** Tree of each ref. */
  readonly trees: ReadonlyMap<string, string>;
}

export interface SeenComment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
}

export interface SeenIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: string;
  readonly labels: readonly string[];
  readonly comments: readonly SeenComment[];
}

/** What people of the world did, which the factory answers for to nobody. */
export interface Deeds {
  /** Issues that a person opened: the only targets there are. */
  readonly issues: readonly number[];
  /** Commits that people put on the default branch. */
  readonly commits: readonly string[];
  /** Pull requests that a person merged. */
  readonly merged: readonly number[];
  /** Refs that people made or moved. */
  readonly refs: readonly string[];
  readonly labels: readonly string[];
}

/** Everything that is known after an attack has been played; the oracle looks at nothing else. */
export interface Observation {
  readonly repository: string;
  readonly repositoryId: number;
  readonly base: string;
  readonly config: Config;
  readonly sealKey: string;
  readonly requests: readonly SeenRequest[];
  readonly runs: readonly RunRecord[];
  readonly jobs: readonly JobRecord[];
  readonly processes: readonly SeenProcess[];
  readonly handovers: readonly Handover[];
  readonly model: readonly ModelRequest[];
  readonly refs: SeenRefs;
  readonly issues: readonly SeenIssue[];
  readonly deeds: Deeds;
  readonly canaries: readonly Canary[];
  /** Texts that no published object may hold. */
  readonly forbidden: readonly string[];
  /** Processes, mounts and files that outlived the attack. */
  readonly survivors: readonly string[];
  readonly durationMs: number;
}

export const INVARIANTS = ["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9"] as const;
export type InvariantName = (typeof INVARIANTS)[number];

/** `leaked`: a secret is where it may not be. `landed`: something happened that nobody allowed. */
export interface Violation {
  readonly invariant: InvariantName;
  readonly kind: "landed" | "leaked";
  readonly what: string;
}

export type Invariant = (seen: Observation) => readonly Violation[];

export function landed(invariant: InvariantName, what: string): Violation {
  return { invariant, kind: "landed", what };
}

/** Last part of a job's name: the station of `src/line.ts`, or what a caller named it. */
export function stationOf(job: { readonly name: string }): string {
  return job.name.split(" / ").at(-1) ?? job.name;
}

/** Name of the station of `src/line.ts` that a process is: the task of control, or the worker; undefined for scripts. */
export function stationOfProcess(process: SeenProcess): string | undefined {
  const action = process.arguments
    .map((word) => /\/actions\/([a-z-]+)\/dist\/index\.js$/.exec(word)?.[1])
    .find((name) => name !== undefined);
  return action === "control" ? process.environment.INPUT_TASK : action;
}
