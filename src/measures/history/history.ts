import type { Mistake } from "../../domain/lesson/mistake.ts";

/** Why something is not known, in a closed vocabulary; the words stand in `wording/pages/report/words.ts`. */
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

/** What a source tells, or why it does not. */
export type Told<Value> = { readonly known: Value } | { readonly untold: Untold };

/** Who wrote a change: accounts that are no people, people, or both. */
export type Writer = "agent" | "person" | "both";

export interface ChangedLines {
  readonly path: string;
  /** Lines put in. */
  readonly added: number;
}

/** A change that came onto the default branch. */
export interface Merge {
  /** `#12`, or the commit where no pull request is known: each figure lists these. */
  readonly id: string;
  /** The commit on the default branch. */
  readonly commit: string;
  readonly issue?: number;
  /** ISO 8601. */
  readonly mergedAt: string;
  /** When its first commit was written. Absent: nobody knows. */
  readonly begunAt?: string;
  /** Absent: the source does not say. */
  readonly writer?: Writer;
  /** Whether a person is on record who read or merged it. Absent: the source has no such record. */
  readonly person?: boolean;
  /** When it was taken back. Absent: it stands. */
  readonly takenBackAt?: string;
  /** It takes back or mends an earlier change. */
  readonly repairs?: true;
  readonly lines?: readonly ChangedLines[];
}

/** A commit that reached production. */
export interface Deployment {
  readonly commit: string;
  readonly at: string;
  /** `unknown`: nobody could look. */
  readonly outcome: "well" | "failed" | "unknown";
  /** Of a failed one: when production was seen well again. */
  readonly recoveredAt?: string;
  /** It happened because production had failed. */
  readonly repairs?: true;
}

/** How long an issue stood at a stage; without `until` it stands there still. */
export interface Stay {
  readonly issue: number;
  readonly stage: string;
  readonly from: string;
  readonly until?: string;
}

/** Why a change was sent back: who or what did, or the code of the refusal. */
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

/** The line stood still. */
export interface Stop {
  readonly issue: number;
  readonly because: "production" | "label";
  readonly raisedAt: string;
  readonly liftedAt?: string;
}

/** What a defect that was reported again had been mended by. */
export interface Escape {
  readonly issue: number;
  readonly at: string;
  readonly commit: string;
}

/** A mistake, and the attempt that it was made in: 0 before the first. */
export interface MadeMistake extends Mistake {
  readonly issue: number;
  readonly attempt: number;
  readonly at: string;
}

/** What the factory itself wrote down about issues. */
export interface Work {
  readonly stays: readonly Stay[];
  readonly attempts: readonly Attempt[];
  readonly sendBacks: readonly SendBack[];
  readonly refusals: readonly Refused[];
  readonly spendings: readonly Spending[];
  readonly escapes: readonly Escape[];
  readonly mistakes: readonly MadeMistake[];
  /** Issues on which a person said or did something, with the time of it. */
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

/** A part of the repository and the paths in it that nobody owns. */
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

/** Where a path belongs: an area of the config, else its first folder. */
export type AreaOf = (path: string) => string;

/** Whatever was gathered of a repository, from its ledgers, an export of GitHub's API or a clone. Pure data. */
export interface History {
  readonly repository: string;
  /** Address of the repository, for links. Absent: there is none to link to. */
  readonly url?: string;
  readonly source: "ledgers" | "github-export" | "git";
  /** Everything that is known, before the window too: what became of a change shows later. */
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
