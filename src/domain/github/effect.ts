import type { ChangeSet } from "../change-set.ts";
import type { ObjectId } from "../digest.ts";

/** A place in a file of the commit, and what is said of it, as plain text. */
export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
  readonly level: "failure" | "warning" | "notice";
  readonly message: string;
}

/**
 * Every write there is, as data. Control's pure part returns these; the GitHub adapter executes them; staged mode prints them.
 * `key` is the idempotency key: doing an effect twice is doing it once, because the adapter first looks for its result.
 */
export type Effect =
  /** The one comment of this key on an issue: created, or edited in place. Found again by author and first line. */
  | {
      readonly kind: "write-comment";
      readonly key: string;
      readonly issue: number;
      /** First line of the body, by which it is found again. */
      readonly marker: string;
      readonly body: string;
      /** Known id of the comment; null to look for it by author and marker, and create it if there is none. */
      readonly comment: number | null;
      /** What it says is true whatever became of those before it: it may be written although one of them was refused. */
      readonly standsAlone?: true;
      /** It tells of what is done already, ahead of what follows: that does not hang on it, and tells of it once more. */
      readonly ahead?: true;
    }
  | {
      readonly kind: "set-labels";
      readonly key: string;
      readonly issue: number;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  /** Creates the branch at `sha`; `taken` in the receipt when it exists already. */
  | {
      readonly kind: "claim-branch";
      readonly key: string;
      readonly branch: string;
      readonly sha: ObjectId;
    }
  /** Rebuilds the tree on `changeSet.base`, asserts its id, commits it and moves the branch to it, forward only. */
  | {
      readonly kind: "publish-commit";
      readonly key: string;
      readonly branch: string;
      readonly changeSet: ChangeSet;
      readonly expectedTree: ObjectId;
      readonly message: string;
      /** The first is where the branch has to stand. Absent: the base of the change alone. */
      readonly parents?: readonly ObjectId[];
    }
  | {
      readonly kind: "open-pull-request";
      readonly key: string;
      readonly head: string;
      readonly base: string;
      readonly title: string;
      readonly body: string;
    }
  /** Writes what the pull request is about anew, for the head that it has now. */
  | {
      readonly kind: "update-pull-request";
      readonly key: string;
      readonly pullRequest: number;
      readonly title: string;
      readonly body: string;
    }
  /** Answers in a thread of a pull request, once: found again by author and first line. */
  | {
      readonly kind: "answer-thread";
      readonly key: string;
      readonly pullRequest: number;
      /** Id of the thread's first comment. */
      readonly thread: number;
      readonly marker: string;
      readonly body: string;
    }
  /** Resolves a thread of a pull request: doing it twice is doing it once. */
  | {
      readonly kind: "resolve-thread";
      readonly key: string;
      readonly pullRequest: number;
      /** Id of the thread's first comment, and of the thread itself. */
      readonly thread: number;
      readonly node: string;
    }
  /** Asks for the review of a pull request: who is asked already is not asked again. */
  | {
      readonly kind: "request-review";
      readonly key: string;
      readonly pullRequest: number;
      /** Logins. */
      readonly people: readonly string[];
      /** Teams of the repository's owner, by the last part of their address. */
      readonly teams: readonly string[];
    }
  | {
      readonly kind: "write-check-run";
      readonly key: string;
      readonly name: string;
      readonly sha: ObjectId;
      readonly conclusion: "success" | "failure" | "neutral" | "action_required";
      readonly title: string;
      readonly summary: string;
      /** Places to mark, in order; absent: none. */
      readonly annotations?: readonly Annotation[];
    }
  /** Merges with the expected head into the expected branch; afterwards the merge commit's tree and first parent are asserted. */
  | {
      readonly kind: "merge-pull-request";
      readonly key: string;
      readonly pullRequest: number;
      /** Where the pull request has to go: one that was retargeted is not merged. */
      readonly base: string;
      readonly sha: ObjectId;
      readonly title: string;
      readonly message: string;
      readonly expectedTree: ObjectId;
      readonly expectedParent: ObjectId;
    }
  | {
      readonly kind: "dispatch-workflow";
      readonly key: string;
      readonly workflow: string;
      readonly ref: string;
      readonly inputs: Readonly<Record<string, string>>;
      /** A run of it at this commit, or one begun since it was merged, is the one that is wanted: it is not rung for again. */
      readonly once?: ObjectId;
    }
  /** Runs the failed jobs of a run once more, while it stands at `attempt`: a later one was begun already. */
  | {
      readonly kind: "run-jobs-again";
      readonly key: string;
      readonly run: number;
      readonly attempt: number;
    }
  | { readonly kind: "close-issue"; readonly key: string; readonly issue: number }
  | { readonly kind: "reopen-issue"; readonly key: string; readonly issue: number }
  /** Opens an issue unless an open one of the factory carries the marker as its last body line. */
  | {
      readonly kind: "open-issue";
      readonly key: string;
      readonly marker: string;
      readonly title: string;
      readonly body: string;
      readonly labels: readonly string[];
    }
  /** Writes the body of an issue of the factory's own anew, and its title where one is given; the marker stays its last line. */
  | {
      readonly kind: "edit-issue";
      readonly key: string;
      readonly issue: number;
      readonly marker: string;
      readonly title?: string;
      readonly body: string;
    }
  /** Pins an issue of the factory's own above the list of issues. */
  | {
      readonly kind: "pin-issue";
      readonly key: string;
      readonly issue: number;
      /** Id of the issue in GraphQL, which alone can do it. */
      readonly node: string;
    };

export type EffectKind = Effect["kind"];
export type EffectOf<Kind extends EffectKind> = Extract<Effect, { kind: Kind }>;
