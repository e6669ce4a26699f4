import { z } from "zod";
import type { ObjectId } from "../digest.ts";

/** Why a check of the repository is red, as far as facts tell it; `unknown` where none decides. */
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
 * How a check stands, by GitHub's own word. `stopped`: it was cancelled or never began, so it says nothing of the commit.
 * `waiting`: it has not ended. `asking`: it waits for a person to let it run.
 */
export type CheckState = "passed" | "failed" | "timed-out" | "stopped" | "waiting" | "asking";

/** A place that a check marked as a failure, and what it says there: anybody's text. */
export interface CheckMark {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** One check that the repository has of its own, by GitHub Actions or another App; never one of the factory's. */
export interface RepositoryCheck {
  /** As people see it. */
  readonly name: string;
  /** The same check on another commit has the same: its App, its workflow's file, its name. */
  readonly key: string;
  readonly state: CheckState;
  /** The run of GitHub Actions that it is a job of, and that run's attempt; absent for checks of other Apps. */
  readonly run?: { readonly id: number; readonly attempt: number };
  /** An earlier attempt of the same job on the same commit failed. */
  readonly failedBefore?: true;
  /** It is red, and an earlier attempt of the same job on the same commit passed. */
  readonly passedBefore?: true;
  /** Read of those that are red, and bounded. */
  readonly marks: readonly CheckMark[];
  /** The last lines before its first error. */
  readonly tail: readonly string[];
}

/** How the checks of a commit stand that another one's are compared with. */
export interface ComparedChecks {
  readonly commit: ObjectId;
  readonly states: Readonly<Record<string, CheckState>>;
}

/** The checks of a pull request's head, and what has to be known to tell why one is red. */
export interface ChecksSeen {
  readonly head: ObjectId;
  readonly checks: readonly RepositoryCheck[];
  /** The base that the head was verified on, and the default branch as it is now; empty while nothing is red. */
  readonly bases: readonly ComparedChecks[];
  /** Paths that the pull request changes; empty while nothing is red. */
  readonly changed: readonly string[];
}

/** Whose checks are read. */
export interface ChecksAsked {
  readonly pullRequest: number;
  readonly head: ObjectId;
  readonly bases: readonly ObjectId[];
  /** The run that asks, and the file of its workflow below `.github/workflows/`: what the factory runs is none of the repository's. */
  readonly own: { readonly run: number; readonly workflowFile: string };
}
