import type { Part } from "../../domain/github/snapshot.ts";

/** One issue that waits for its turn. What could not be read says so; each rule says what it makes of that. */
export interface Candidate {
  readonly issue: number;
  /** To be read, which takes no place, or to be built. */
  readonly work: "read" | "build";
  /** 1 is the most urgent. */
  readonly priority: number;
  readonly isDefect: boolean;
  /** An attempt of it was made already. */
  readonly isBegun: boolean;
  /** Id of who wrote it. */
  readonly author: number;
  /** How long it has waited, at least. */
  readonly waitedMs: number;
  /** Paths and globs that it will change, by its contract. */
  readonly scope: Part<readonly string[]>;
  /** How many open issues it is blocked by, by GitHub's own data. */
  readonly blockedBy: Part<number>;
  /** Whom its work ends at, by id or by name: any of them may answer. Empty: nobody. */
  readonly asks: Part<readonly string[]>;
  /** USD that it may spend at most. Unknown: of a ledger that was not read; whoever starts it counts again. */
  readonly most: Part<number>;
}

/** What is under way when it is asked who comes next. */
export interface Line {
  /** Each issue that is being built, or whose change waits for its merge. */
  readonly inFlight: readonly InFlight[];
  /** USD left of the day: neither spent nor promised. */
  readonly left: number;
  /** How many decisions wait for each person. */
  readonly decisions: Part<ReadonlyMap<string, number>>;
  /** Starts that failed since the last one that did not, each with when (ms before now). */
  readonly failures: readonly Failure[];
}

export interface InFlight extends Pick<Candidate, "issue" | "author" | "scope" | "asks"> {
  /** It takes a place, and others keep out of its files; a change that waits for its merge takes none. */
  readonly isBuilt: boolean;
}

export interface Failure extends Pick<Candidate, "issue" | "work"> {
  /** The code of the refusal. */
  readonly kind: string;
  readonly agoMs: number;
}

export interface Limits {
  /** Issues that are built at a time. */
  readonly wip: number;
  /** Decisions that may wait for one person. */
  readonly waitingForPeople: number;
  /** USD that an issue whose ledger was not read may need. */
  readonly usdPerIssue: number;
}

/** Why an issue goes on waiting. */
export interface Hold {
  readonly rule: "blocked" | "failures" | "money" | "people" | "places";
  readonly found: string;
  readonly accepted: string;
}
