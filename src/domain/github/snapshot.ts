import type { Actor, AuthorizedActor, Permission } from "../actor.ts";
import type { ObjectId } from "../digest.ts";

/** A part of a look that GitHub may not have shown, or that nobody asked for. Unknown refuses: nobody guesses. */
export type Part<Value> = { readonly known: Value } | { readonly unknown: string };

/** What control asks for: the repository and the issues that it works on. */
export interface Scope {
  readonly issues: readonly number[];
  /** People whose permission is needed beyond those seen on the issues; it is theirs only while the login is this id's. */
  readonly actors?: readonly Pick<Actor, "id" | "login">[];
  /** Prefix of the factory's labels, to find the andon. */
  readonly prefix: string;
  /** Wanted for an audit and a heartbeat: all open issues. */
  readonly openIssues?: boolean;
  /** Wanted for an audit: all open pull requests, to see whether an earlier one still waits for a person. */
  readonly openPullRequests?: boolean;
  /** Wanted for a release by a person's merge: the pull request of the event. */
  readonly pullRequest?: number;
  /** Wanted for an attempt that is being built: whether the run that holds it still works. */
  readonly holder?: number;
  /** Wanted where a merge has to be seen live by GitHub's own word: its deployment to an environment. */
  readonly deployment?: { readonly sha: ObjectId; readonly environment: string };
}

export interface IssueState {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed";
  readonly locked: boolean;
  readonly labels: readonly string[];
  readonly author: AuthorizedActor;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly url: string;
}

export interface CommentState {
  readonly id: number;
  readonly author: AuthorizedActor;
  readonly body: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly url: string;
}

export interface PullRequestState {
  readonly number: number;
  readonly head: { readonly branch: string; readonly sha: ObjectId };
  readonly base: { readonly branch: string; readonly sha: ObjectId };
  readonly state: "open" | "closed";
  readonly merged: boolean;
  readonly mergeSha: ObjectId | null;
  readonly mergedBy: Actor | null;
  readonly body: string;
  readonly url: string;
}

export interface OpenIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly author: Actor;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** An andon label on an open issue, and who put it there last, by GitHub's own event of it. */
export interface AndonLabel {
  readonly issue: number;
  readonly by: Part<AuthorizedActor>;
}

export interface BranchState {
  readonly name: string;
  readonly sha: ObjectId;
  /** It stands at a commit of the default branch: it holds nothing of its own. Absent where that is not so. */
  readonly untouched?: true;
}

/** The newest deployment of a commit to an environment. */
export interface DeploymentState {
  readonly environment: string;
  /** As GitHub writes it in the newest status. */
  readonly state: string;
  /** When that was said, ISO 8601. */
  readonly at: string;
}

/** One issue of the scope with all that stands on it. The number of a pull request is none. */
export interface IssueSnapshot {
  readonly issue: IssueState;
  readonly comments: readonly CommentState[];
  /** Branches under `factory/<issue>-`. */
  readonly branches: readonly BranchState[];
}

/**
 * Everything control knows when it decides. What it cannot do without (the repository, the config, the issues of the
 * scope) is there, or `observe` rejects; every other part says for itself whether it is known.
 */
export interface Snapshot {
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly defaultBranch: string;
    readonly url: string;
    readonly visibility: "public" | "private";
    /** Head of the default branch now. */
    readonly head: ObjectId;
    /** The tree of that head. */
    readonly headTree: ObjectId;
  };
  /** The identity that the token writes as: its own comments are the only ones trusted as the factory's. */
  readonly self: Actor;
  /** `.github/factory.yml` at the head; null when there is none. */
  readonly configText: string | null;
  /** Paths of the whole tree at the head; unknown when GitHub truncated the listing. */
  readonly paths: Part<readonly string[]>;
  /** Those of the scope, in its order. */
  readonly issues: readonly IssueSnapshot[];
  readonly pullRequests: readonly PullRequestState[];
  /** Every open issue that carries the andon label. Whether a label stops the line depends on who put it there. */
  readonly andon: Part<readonly AndonLabel[]>;
  readonly openIssues: Part<readonly OpenIssue[]>;
  readonly permissions: Readonly<Record<string, Permission>>;
  /** Whether the run of the scope still works; absent where nobody asked. A run that nobody can find stays unknown. */
  readonly holder?: Part<"active" | "ended">;
  /** Null: there is none of that commit. Absent where nobody asked. */
  readonly deployment?: Part<DeploymentState | null>;
}
