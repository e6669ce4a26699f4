import type { Mistake } from "../../domain/lesson/mistake.ts";

/** Why something is unknown, in a closed vocabulary; the words are in `wording/pages/report/words.ts`. */
export const UNTOLD = [
  "no-ledgers",
  "no-issues",
  "no-deployments",
  "no-changed-files",
  "no-events",
  "no-owners",
  "no-schedules",
  "no-config-history",
  "no-usage",
  "no-authors",
  "no-reviews",
  "nothing-merged",
  "nothing-deployed",
  "nothing-failed",
  "not-recovered",
  "nothing-attempted",
  "nothing-survived",
  "too-young",
] as const;
export type Untold = (typeof UNTOLD)[number];

/** A source's answer, or why there is none. */
export type Told<Value> = { readonly known: Value } | { readonly untold: Untold };

/** Writers of a change: only bots, only people, or both. */
export type Writer = "agent" | "person" | "both";

export interface ChangedLines {
  readonly path: string;
  /** Lines added. */
  readonly added: number;
}

/** A change that reached the default branch. */
export interface Merge {
  /** `#12`, or the commit if no pull request is known; each figure lists these. */
  readonly id: string;
  /** The commit on the default branch. */
  readonly commit: string;
  readonly issue?: number;
  /** ISO 8601. */
  readonly mergedAt: string;
  /** When its first commit was written. Absent: unknown. */
  readonly begunAt?: string;
  /** Absent: the source does not say. */
  readonly writer?: Writer;
  /** Whether a person is recorded who read or merged it. Absent: the source has no such record. */
  readonly person?: boolean;
  /** When it was reverted. Absent: never. */
  readonly takenBackAt?: string;
  /** Whether it reverts or fixes an earlier change. */
  readonly repairs?: true;
  readonly lines?: readonly ChangedLines[];
}

/** A commit that reached production. */
export interface Deployment {
  readonly commit: string;
  readonly at: string;
  /** `unknown`: nobody could look. */
  readonly outcome: "well" | "failed" | "unknown";
  /** For a failed one: when production was seen well again. */
  readonly recoveredAt?: string;
  /** It happened because production had failed. */
  readonly repairs?: true;
}

/** Time of an issue at a stage; without `until` it is still there. */
export interface Stay {
  readonly issue: number;
  readonly stage: string;
  readonly from: string;
  readonly until?: string;
}

/** Why a change was sent back: by whom, or the code of the refusal. */
export interface SendBack {
  readonly issue: number;
  readonly attempt: number;
  readonly at: string;
  readonly reasons: readonly string[];
}

export interface Attempt {
  readonly issue: number;
  readonly attempt: number;
  readonly at: string;
}

export interface Refused {
  readonly issue: number;
  readonly at: string;
  readonly code: string;
}

export interface Spending {
  readonly issue: number;
  readonly at: string;
  readonly usd: number;
}

/** A stop of the line. */
export interface Stop {
  readonly issue: number;
  readonly because: "production" | "label";
  readonly raisedAt: string;
  readonly liftedAt?: string;
}

/** The fix of a defect that was reported again. */
export interface Escape {
  readonly issue: number;
  readonly at: string;
  readonly commit: string;
}

/** A mistake, and the number of its attempt: 0 before the first. */
export interface MadeMistake extends Mistake {
  readonly issue: number;
  readonly attempt: number;
  readonly at: string;
}

/** The factory's own records about issues. */
export interface Work {
  readonly stays: readonly Stay[];
  readonly attempts: readonly Attempt[];
  readonly sendBacks: readonly SendBack[];
  readonly refusals: readonly Refused[];
  readonly spendings: readonly Spending[];
  readonly escapes: readonly Escape[];
  readonly mistakes: readonly MadeMistake[];
  /** Issues on which a person said or did something, with the time. */
  readonly people: readonly { readonly issue: number; readonly at: string }[];
}

export interface IssueFacts {
  readonly number: number;
  readonly title: string;
  readonly openedAt: string;
  readonly updatedAt: string;
  readonly closedAt?: string;
  readonly labels: readonly string[];
  readonly milestone?: string;
}

/** A part of the repository with its unowned paths. */
export interface AreaOwners {
  readonly area: string;
  readonly files: number;
  readonly unowned: readonly string[];
}

export interface TrustChange {
  readonly commit: string;
  readonly at: string;
  /** `default`, or the globs of a scope. */
  readonly scope: string;
  /** Absent: the scope is new. */
  readonly from?: string;
  /** Absent: the scope is gone. */
  readonly to?: string;
}

export interface ScheduledWorkflow {
  readonly name: string;
  readonly lastSuccess?: string;
  readonly isDead: boolean;
}

/** The area of a path: one of the config, or else its first folder. */
export type AreaOf = (path: string) => string;

/** All facts about a repository, from its ledgers, an export of GitHub's API or a clone. Pure data. */
export interface History {
  readonly repository: string;
  /** Address of the repository, for links. Absent: there is none. */
  readonly url?: string;
  readonly source: "ledgers" | "github-export" | "git";
  /** Everything known, including before the window, because a change's fate shows later. */
  readonly merges: readonly Merge[];
  readonly deployments: Told<readonly Deployment[]>;
  readonly work: Told<Work>;
  readonly issues: Told<readonly IssueFacts[]>;
  readonly stops: Told<readonly Stop[]>;
  readonly owners: Told<readonly AreaOwners[]>;
  readonly trust: Told<readonly TrustChange[]>;
  readonly automations: Told<readonly ScheduledWorkflow[]>;
  readonly areaOf: AreaOf;
}

/** From the first moment to before the last one, both ISO 8601. */
export interface Window {
  readonly from: string;
  readonly until: string;
}
