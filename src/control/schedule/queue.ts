import type { Part } from "../../domain/github/snapshot.ts";

/** One issue that waits for its turn. Fields that could not be read say so, and each rule decides what that means. */
export interface Candidate {
  readonly issue: number;
  /** Reading, which takes no place, or building. */
  readonly work: "read" | "build";
  /** 1 is the most urgent. */
  readonly priority: number;
  readonly isDefect: boolean;
  /** Whether an attempt was already made. */
  readonly isBegun: boolean;
  /** Id of its author. */
  readonly author: number;
  /** Its waiting time in milliseconds, at least. */
  readonly waitedMs: number;
  /** Paths and globs that it will change, by its contract. */
  readonly scope: Part<readonly string[]>;
  /** Number of open issues that block it, by GitHub's own data. */
  readonly blockedBy: Part<number>;
  /** The people who have to decide about its result, by id or by name; any of them may. Empty if nobody. */
  readonly asks: Part<readonly string[]>;
  /** The most that it may spend, in USD. Unknown for a ledger that was not read; the run that starts it checks again. */
  readonly most: Part<number>;
}

/** Work under way when the next issue is chosen. */
export interface Line {
  /** Each issue that is being built, or whose change waits for its merge. */
  readonly inFlight: readonly InFlight[];
  /** USD left of the day: neither spent nor reserved. */
  readonly left: number;
  /** Number of waiting decisions for each person. */
  readonly decisions: Part<ReadonlyMap<string, number>>;
  /** Failed starts since the last success, each with its age in milliseconds. */
  readonly failures: readonly Failure[];
}

export interface InFlight extends Pick<Candidate, "issue" | "author" | "scope" | "asks"> {
  /** Whether it takes a place and reserves its files. A change that waits for its merge takes none. */
  readonly isBuilt: boolean;
}

export interface Failure extends Pick<Candidate, "issue" | "work"> {
  /** The code of the refusal. */
  readonly kind: string;
  readonly agoMs: number;
}

export interface Limits {
  /** The most issues that are built at a time. */
  readonly wip: number;
  /** The most decisions that may wait for one person. */
  readonly waitingForPeople: number;
  /** USD that an issue with an unread ledger may need. */
  readonly usdPerIssue: number;
}

/** Why an issue continues to wait. */
export interface Hold {
  readonly rule: "blocked" | "failures" | "money" | "people" | "places";
  readonly found: string;
  readonly accepted: string;
}
