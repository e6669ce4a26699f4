import type { ChangeSet } from "../change-set.ts";
import type { ObjectId } from "../digest.ts";

/** A place in a file of the commit, and a note about it, as plain text. */
export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
  readonly level: "failure" | "warning" | "notice";
  readonly message: string;
}

/**
 * Every possible write, as data. Control's pure part returns these; the GitHub adapter executes them; staged mode prints them.
 * `key` is the idempotency key: doing an effect twice equals doing it once, because the adapter first looks for its result.
 */
export type Effect =
  /** The only comment with this key on an issue: created, or edited in place. Found again by author and first line. */
  | {
      readonly kind: "write-comment";
      readonly key: string;
      readonly issue: number;
      /** First line of the body, by which it is found again. */
      readonly marker: string;
      readonly body: string;
      /** Known id of the comment; null to look for it by author and marker, and to create it if there is none. */
      readonly comment: number | null;
      /** Its text is true whatever became of earlier effects, so it may be written although one was refused. */
      readonly standsAlone?: true;
      /** It reports work already done, ahead of what follows. The later effects do not depend on it, and report that again. */
      readonly ahead?: true;
    }
  | {
      readonly kind: "set-labels";
      readonly key: string;
      readonly issue: number;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  /** Creates the branch at `sha`; `taken` in the receipt if it exists already. */
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
      /** The first is the expected head of the branch. Absent: only the base of the change. */
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
  /** Rewrites the text of the pull request for its present head. */
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
  /** Requests the review of a pull request. People who are requested already are not requested again. */
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
  /** Merges with the expected head into the expected branch, and asserts the merge commit's tree and first parent afterwards. */
  | {
      readonly kind: "merge-pull-request";
      readonly key: string;
      readonly pullRequest: number;
      /** The expected base branch. A retargeted pull request is not merged. */
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
      /** A run at this commit, or one begun since the merge, already serves, so no other is started. */
      readonly once?: ObjectId;
    }
  /** Reruns the failed jobs of a run once, while it is at `attempt`. A later attempt means that this was done. */
  | {
      readonly kind: "run-jobs-again";
      readonly key: string;
      readonly run: number;
      readonly attempt: number;
    }
  | { readonly kind: "close-issue"; readonly key: string; readonly issue: number }
  | { readonly kind: "reopen-issue"; readonly key: string; readonly issue: number }
  /** Opens an issue unless an open one of the factory has the marker as its last body line. */
  | {
      readonly kind: "open-issue";
      readonly key: string;
      readonly marker: string;
      readonly title: string;
      readonly body: string;
      readonly labels: readonly string[];
    }
  /** Rewrites the body of a factory issue, and its title if given. The marker stays its last line. */
  | {
      readonly kind: "edit-issue";
      readonly key: string;
      readonly issue: number;
      readonly marker: string;
      readonly title?: string;
      readonly body: string;
    }
  /** Pins a factory issue above the list of issues. */
  | {
      readonly kind: "pin-issue";
      readonly key: string;
      readonly issue: number;
      /** Id of the issue in GraphQL, the only API that can pin. */
      readonly node: string;
    };

export type EffectKind = Effect["kind"];
export type EffectOf<Kind extends EffectKind> = Extract<Effect, { kind: Kind }>;
