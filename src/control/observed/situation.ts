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

/** Everything a run of control is told. Nothing in it is authority: who may do what is asked of the snapshot. */
export interface ControlInput {
  readonly task: Task;
  readonly run: {
    readonly id: number;
    readonly attempt: number;
    readonly repository: string;
    /** File of the calling workflow: the doorbell rings it. */
    readonly workflowFile: string;
    readonly serverUrl: string;
    readonly actor: { readonly id: number; readonly login: string };
  };
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly issue?: number;
  /** Which attempt of its run this is, where one run makes several: from 1. Absent: the first. */
  readonly round?: number;
  /** How many attempts this run has jobs for after this one. Absent: none. */
  readonly roundsLeft?: number;
  readonly order?: Order;
  /** SHA-256 of the order's canonical JSON, from the output of the job that made it. */
  readonly orderDigest?: string;
  readonly proposals: readonly Delivery[];
  readonly jobResults?: Partial<Record<Worker, JobResult>>;
  readonly sealKey?: string;
  /** Asked for by the caller: it can only narrow what the config says. */
  readonly mode?: Mode;
  /** What the job before this one would have written, when it was staged: then this one is staged, too. */
  readonly staged?: StagedWorld;
  /** `proof.json` of another run, unread: a stranger's file. */
  readonly proof?: Uint8Array;
  /** What this process holds and nothing that it writes may hold. */
  readonly secrets?: readonly KnownSecret[];
  /** Whom the token writes as: only this identity's comments are the factory's. */
  readonly identity: { readonly id: number; readonly login: string };
}

/** The input of `decide`: one look at the world, the time of that look, and what came of the effects so far. */
export interface Situation {
  readonly input: ControlInput;
  readonly snapshot: Snapshot;
  /** ISO 8601; read once a look, so that deciding again decides the same. */
  readonly now: string;
  /** How often this job has looked again, and how long it has waited for that. Absent: not yet. */
  readonly looks?: { readonly count: number; readonly ms: number };
  readonly receipts: readonly Receipt[];
  /** What the source of alerts answered that the config names; absent: nobody asked it. */
  readonly polled?: Polled;
  /** What an earlier decision wanted to read. */
  readonly files: FilesSeen;
  /** Trees of commits that an earlier decision wanted to compare; absent: none. */
  readonly trees?: TreesSeen;
  /** What people said on the pull request that an earlier decision wanted to read; absent: nobody asked. */
  readonly owned?: OwnedPullRequest;
  /** The repository's own checks that an earlier decision wanted to read; absent: nobody asked. */
  readonly checks?: Part<ChecksSeen>;
  /** The pull requests by which paths were changed last that an earlier decision wanted to name; absent: nobody asked. */
  readonly changers?: ReadonlyMap<string, number>;
  /** How the factory's own issue is pinned that an earlier decision wanted to know of; absent: nobody asked. */
  readonly pinning?: Part<Pinning>;
  /** The discussions that a loop asks for; absent: nobody asked. */
  readonly discussions?: Part<DiscussionsSeen>;
}

/** A decision that cannot be made before this is read: read it, then decide again. Nearly no run asks. */
export interface Wants {
  readonly wants: readonly FileAt[];
  /** Commits whose trees are needed beside them. */
  readonly trees?: readonly ObjectId[];
  /** A pull request of the factory, for what people said on it. */
  readonly owned?: number;
  /** The checks of its head. */
  readonly checks?: ChecksAsked;
  /** By which pull requests these paths were changed last, as of a commit. */
  readonly changers?: { readonly commit: ObjectId; readonly paths: readonly string[] };
  /** An issue of the factory's own, for whether it is pinned. */
  readonly pinning?: number;
  /** A label of discussions, for those that have it. */
  readonly discussions?: string;
}

export type Next =
  | "none"
  | "intake"
  | "line"
  /** The line without its review: a look at the pull request as it stands. */
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

/** What follows from a situation. `effects` are those still to be done; everything else holds once there are none. */
export interface Decision {
  readonly next: Next;
  readonly issue?: number;
  readonly attempt?: number;
  readonly order?: Order;
  readonly stage?: Stage;
  readonly effects: readonly Effect[];
  readonly refusals: readonly Refusal[];
  /** Nothing can be done yet: look again after this time, then decide anew. */
  readonly lookAgainMs?: number;
  /** Markdown of the job summary. */
  readonly summary: string;
  /**
   * False when GitHub refused a write without which the issue does not stand where it was decided to stand, or when a
   * stage produced nothing: then the job ends red. Asking a person or sending an attempt back is not a failure.
   */
  readonly ok: boolean;
}

/** What a run of control came to. `effects` are all that were handed to GitHub, `receipts` what it answered. */
export interface ControlResult extends Decision {
  readonly receipts: readonly Receipt[];
  /** What the next job of a staged run has to take for written; absent where none follows, and in live runs. */
  readonly staged?: StagedWorld;
}
