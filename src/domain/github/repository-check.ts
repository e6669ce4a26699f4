import { z } from "zod";
import type { ObjectId } from "../digest.ts";

/** Why a check of the repository is red, by facts; `unknown` if none decides. */
export const CHECK_CAUSES = [
  "change",
  "test",
  "flaky",
  "infrastructure",
  "base",
  "unknown",
] as const;
export const CheckCause = z.enum(CHECK_CAUSES);
export type CheckCause = z.infer<typeof CheckCause>;

/**
 * State of a check, by GitHub's report. `stopped`: cancelled or never begun, so it says nothing about the commit.
 * `waiting`: not ended. `asking`: waits for a person to let it run.
 */
export type CheckState = "passed" | "failed" | "timed-out" | "stopped" | "waiting" | "asking";

/** A place that a check marked as a failure, with its untrusted message. */
export interface CheckMark {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** One check of the repository itself, by GitHub Actions or another App; never one of the factory's. */
export interface RepositoryCheck {
  /** Its name for people. */
  readonly name: string;
  /** Identifies the same check on another commit: its App, its workflow's file, its name. */
  readonly key: string;
  readonly state: CheckState;
  /** Its run of GitHub Actions, and that run's attempt; absent for checks of other Apps. */
  readonly run?: { readonly id: number; readonly attempt: number };
  /** An earlier attempt of the same job on the same commit failed. */
  readonly failedBefore?: true;
  /** It is red, and an earlier attempt of the same job on the same commit passed. */
  readonly passedBefore?: true;
  /** Read for red checks only, and bounded. */
  readonly marks: readonly CheckMark[];
  /** The last lines before its first error. */
  readonly tail: readonly string[];
}

/** Checks of a commit that another one's are compared with. */
export interface ComparedChecks {
  readonly commit: ObjectId;
  readonly states: Readonly<Record<string, CheckState>>;
}

/** Checks of a pull request's head, and the facts that tell why one is red. */
export interface ChecksSeen {
  readonly head: ObjectId;
  readonly checks: readonly RepositoryCheck[];
  /** The base that the head was verified on, and the current default branch; empty while nothing is red. */
  readonly bases: readonly ComparedChecks[];
  /** Paths that the pull request changes; empty while nothing is red. */
  readonly changed: readonly string[];
}

/** The commit whose checks are read. */
export interface ChecksAsked {
  readonly pullRequest: number;
  readonly head: ObjectId;
  readonly bases: readonly ObjectId[];
  /** The run that asks, and the file of its workflow below `.github/workflows/`. Checks of the factory are not the repository's. */
  readonly own: { readonly run: number; readonly workflowFile: string };
}
