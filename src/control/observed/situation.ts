import type { Mode } from "../../domain/config/schema.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { DiscussionsSeen } from "../../domain/github/discussion.ts";
import type { Effect } from "../../domain/github/effect.ts";
import type { OwnedPullRequest } from "../../domain/github/owned-pull-request.ts";
import type { Pinning } from "../../domain/github/pinning.ts";
import type { Receipt } from "../../domain/github/receipt.ts";
import type { ChecksAsked, ChecksSeen } from "../../domain/github/repository-check.ts";
import type { Part, Snapshot } from "../../domain/github/snapshot.ts";
import type { StagedWorld } from "../../domain/github/staged.ts";
import type { Polled } from "../../domain/incident/polled.ts";
import type { Order, Worker } from "../../domain/order.ts";
import type { Delivery } from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { KnownSecret } from "../../domain/secrets/forms.ts";
import type { Stage } from "../../domain/stage.ts";
import type { Task } from "../../station.ts";
import type { FileAt, FilesSeen, TreesSeen } from "./files.ts";

export type JobResult = "success" | "failure" | "cancelled" | "skipped";

/** All inputs of a control run. None is authority: permissions come from the snapshot. */
export interface ControlInput {
  readonly task: Task;
  readonly run: {
    readonly id: number;
    readonly attempt: number;
    readonly repository: string;
    /** File of the calling workflow, which the doorbell starts. */
    readonly workflowFile: string;
    readonly serverUrl: string;
    readonly actor: { readonly id: number; readonly login: string };
  };
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly issue?: number;
  /** Number of this attempt in its run, from 1, if one run makes several. Absent for the first. */
  readonly round?: number;
  /** How many attempts this run has jobs for after this one. Absent if none. */
  readonly roundsLeft?: number;
  readonly order?: Order;
  /** SHA-256 of the order's canonical JSON, from the output of the job that made it. */
  readonly orderDigest?: string;
  readonly proposals: readonly Delivery[];
  readonly jobResults?: Partial<Record<Worker, JobResult>>;
  readonly sealKey?: string;
  /** Requested by the caller. It can only narrow the config. */
  readonly mode?: Mode;
  /** What the previous job would have written, if it was staged. Then this one is staged, too. */
  readonly staged?: StagedWorld;
  /** Unread `proof.json` of another run: an untrusted file. */
  readonly proof?: Uint8Array;
  /** Secrets of this process, which no write may contain. */
  readonly secrets?: readonly KnownSecret[];
  /** The identity of the token. Only its comments are the factory's. */
  readonly identity: { readonly id: number; readonly login: string };
}

/** Input of `decide`: one look at the world, the time of that look, and the results of the effects so far. */
export interface Situation {
  readonly input: ControlInput;
  readonly snapshot: Snapshot;
  /** ISO 8601; read once per look, so that deciding again gives the same decision. */
  readonly now: string;
  /** How often this job has looked again, and how long it has waited for that. Absent if not yet. */
  readonly looks?: { readonly count: number; readonly ms: number };
  readonly receipts: readonly Receipt[];
  /** Answer of the alert source in the config; absent if it was not asked. */
  readonly polled?: Polled;
  /** Files that an earlier decision asked for. */
  readonly files: FilesSeen;
  /** Trees that an earlier decision asked for; absent if none. */
  readonly trees?: TreesSeen;
  /** Comments on the pull request that an earlier decision asked for; absent if not asked. */
  readonly owned?: OwnedPullRequest;
  /** The repository's own checks that an earlier decision asked for; absent if not asked. */
  readonly checks?: Part<ChecksSeen>;
  /** Pull requests that last changed the paths that an earlier decision asked about; absent if not asked. */
  readonly changers?: ReadonlyMap<string, number>;
  /** Pin state of the factory's own issue that an earlier decision asked for; absent if not asked. */
  readonly pinning?: Part<Pinning>;
  /** The discussions that a loop asks for; absent if not asked. */
  readonly discussions?: Part<DiscussionsSeen>;
}

/** Reads that a decision needs before it can be made. Few runs need any. */
export interface Wants {
  readonly wants: readonly FileAt[];
  /** Commits whose trees are also needed. */
  readonly trees?: readonly ObjectId[];
  /** A pull request of the factory, for its comments. */
  readonly owned?: number;
  /** The checks of its head. */
  readonly checks?: ChecksAsked;
  /** Pull requests that last changed these paths, as of a commit. */
  readonly changers?: { readonly commit: ObjectId; readonly paths: readonly string[] };
  /** An issue of the factory, for its pin state. */
  readonly pinning?: number;
  /** Label of the discussions to read. */
  readonly discussions?: string;
}

export type Next =
  | "none"
  | "intake"
  | "line"
  /** The line without its review: an examination of the pull request as it is. */
  | "verify"
  | "release"
  | "nightly"
  | "review"
  | "revert"
  | "unblock"
  | "loop"
  | "incident"
  | "board"
  | "incident-and-board";

/** Result of a situation. `effects` still have to be carried out; everything else applies once there are none. */
export interface Decision {
  readonly next: Next;
  readonly issue?: number;
  readonly attempt?: number;
  readonly order?: Order;
  readonly stage?: Stage;
  readonly effects: readonly Effect[];
  readonly refusals: readonly Refusal[];
  /** Nothing can be done yet: look again after this many milliseconds, then decide again. */
  readonly lookAgainMs?: number;
  /** Markdown of the job summary. */
  readonly summary: string;
  /**
   * False if GitHub refused a write that the issue's new stage depends on, or a stage produced nothing; then the job
   * ends red. Asking a person, or sending an attempt back, is no failure.
   */
  readonly ok: boolean;
}

/** Result of a control run. `effects` are all that were sent to GitHub, `receipts` its answers. */
export interface ControlResult extends Decision {
  readonly receipts: readonly Receipt[];
  /** What the next job of a staged run assumes as written; absent if none follows, and in live runs. */
  readonly staged?: StagedWorld;
}
