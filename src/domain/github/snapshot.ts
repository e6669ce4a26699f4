import type { Actor, AuthorizedActor, Permission } from "../actor.ts";
import type { ObjectId } from "../digest.ts";
import type { FoundWork } from "../ledger/pull-work.ts";
import type { TakenBackLately } from "../trust/fallen-trust.ts";
import type { ScheduledRun } from "./automation.ts";
import type { DeploymentState } from "./deployment.ts";
import type { IncidentIssue, Suspect } from "./incident-issue.ts";
import type { GoneIssue, IssueHistory } from "./issue-history.ts";
import type { LoopIssue } from "./loop-issue.ts";

/** A part of a look that GitHub may not have shown, or that nobody asked for. Unknown refuses: nobody guesses. */
export type Part<Value> = { readonly known: Value } | { readonly unknown: string };

/** What control asks for: the repository and the issues that it works on. */
export interface Scope {
  readonly issues: readonly number[];
  /** People whose permission is needed beyond those seen on the issues; it is theirs only while the login is this id's. */
  readonly actors?: readonly Pick<Actor, "id" | "login">[];
  /** Prefix of the factory's labels, to find the andon. */
  readonly prefix: string;
  /** Wanted where a decision depends on which files there are. */
  readonly paths?: boolean;
  /** Wanted where a change is published: folders of a commit by their paths. What comes of them is the adapter's alone. */
  readonly folders?: { readonly commit: ObjectId; readonly paths: readonly string[] };
  /** Wanted for an audit and a heartbeat: all open issues. */
  readonly openIssues?: boolean;
  /** Wanted where an attempt starts or ends: the open issues that wait for their turn. */
  readonly waiting?: boolean;
  /** Wanted for an audit and a heartbeat: all open pull requests, to see whether one still waits for a person. */
  readonly openPullRequests?: boolean;
  /** Wanted for a release by a person's merge: the pull request of the event. */
  readonly pullRequest?: number;
  /** Wanted for an attempt that is being built: whether the run that holds it still works. */
  readonly holder?: number;
  /** Wanted for an audit and where money is spent: comments of the factory's own that begin with this line, changed since, and with them their pages. */
  readonly ledgers?: {
    readonly marker: string;
    readonly since: string;
    /** Some of the newest are enough: those of one page. */
    readonly newest?: true;
    /** Beside them what was spent on pull requests: comments of the factory's own there whose first line begins with one of these. */
    readonly work?: readonly string[];
  };
  /** Wanted where money is spent: the factory's own issues under the label of loops, changed since (ISO 8601). */
  readonly loopsSince?: string;
  /** Wanted where one comment is written over: what the factory has said on the pull request of the scope. */
  readonly pullSaid?: boolean;
  /** Wanted where somebody may have asked by a label that a pull request be mended. */
  readonly unblocking?: boolean;
  /** Wanted for the board: the last runs that schedules started. */
  readonly scheduled?: boolean;
  /** Wanted for an alert: the issues that alerts opened, open and closed. */
  readonly incidents?: boolean;
  /** Wanted for a loop: the issues that loops filed, open and closed. */
  readonly loopIssues?: boolean;
  /** Wanted for alerts that were mended: whether the release that shows one, a tag or a full commit id, holds the fix. */
  readonly contained?: readonly Pick<Containment, "release" | "commit">[];
  /** Wanted where a merge has to be seen live by GitHub's own word: its deployment to an environment. */
  readonly deployment?: { readonly sha: ObjectId; readonly environment: string };
  /** Wanted before a merge: the merges that were taken back in so many days before a time (ISO 8601). */
  readonly takenBack?: { readonly until: string; readonly days: number };
  /** Wanted for a smoke test: the record of the commit before the merge, by that commit or by the merge itself. */
  readonly before?: { readonly parent: ObjectId } | { readonly merge: ObjectId };
  /** Wanted for a new incident: which merge of its release changed these places last, the innermost first. */
  readonly suspect?: {
    /** The name of a tag, or a full commit id. */
    readonly release: string;
    readonly places: readonly { readonly file: string; readonly line?: number }[];
  };
  /** Wanted where the factory rings for an issue on which no run has written yet: who put this label on it. */
  readonly submitted?: { readonly issue: number; readonly label: string };
}

export interface IssueState extends IssueHistory {
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
  /** As of an open issue. */
  readonly blockedBy?: number;
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
  /** Who opened it; absent where GitHub names nobody, whose account is gone. */
  readonly author?: Pick<Actor, "id">;
  readonly head: { readonly branch: string; readonly sha: ObjectId };
  /** Its branch lies in another repository; absent where nobody knows. */
  readonly fork?: boolean;
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
  /** Open issues that it waits for, as GitHub counts them: its sub-issues and those that block it. Absent where nobody knows. */
  readonly blockedBy?: number;
}

/** An andon label on an open issue, and who put it there last, by GitHub's own event of it. */
export interface AndonLabel {
  readonly issue: number;
  readonly by: Part<AuthorizedActor>;
}

/** Whether a release holds a commit; unknown where it is no tag and no commit. */
export interface Containment {
  readonly release: string;
  readonly commit: ObjectId;
  readonly holds: Part<boolean>;
}

/** A comment that claims to be the ledger of an issue; whether to believe it is not said here. */
export interface FoundLedger {
  readonly issue: number;
  readonly comment: number;
  readonly body: string;
  /** Pages of that issue's ledgers that were changed since then, too; absent: none. */
  readonly pages?: readonly Pick<CommentState, "id" | "body">[];
}

/** An open pull request with the label by which people ask that it be mended. */
export interface LabelledPull {
  readonly pull: PullRequestState;
  /** Who put the label there last, by GitHub's own event of it. */
  readonly by: Part<AuthorizedActor>;
  /** When, ISO 8601; absent where nobody knows who. */
  readonly at?: string;
  /** What the factory said on it, the newest of it; cut where some of what was said since the label is not shown. */
  readonly said: readonly Pick<CommentState, "id" | "body" | "updatedAt">[];
  readonly isCut?: true;
}

export interface BranchState {
  readonly name: string;
  readonly sha: ObjectId;
  /** It stands at a commit of the default branch: it holds nothing of its own. Absent where that is not so. */
  readonly untouched?: true;
}

/** The commit before a merge, and what the factory wrote on the issue that brought it. */
export interface BeforeState {
  readonly parent: ObjectId;
  /** The issue whose change that commit is, by the branch of its pull request; absent where there is none. */
  readonly issue?: { readonly number: number; readonly comments: readonly CommentState[] };
}

/** One issue of the scope with all that stands on it. The number of a pull request is none. */
export interface IssueSnapshot {
  readonly issue: IssueState;
  /** What the factory wrote on it in another repository, before it came here, is none of them. */
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
  /** `factory.yml` of the repository that the config names in `extends`; absent where it names none. */
  readonly sharedConfig?: Part<string>;
  /** Paths of the whole tree at the head; unknown when GitHub truncated the listing, or nobody asked. */
  readonly paths: Part<readonly string[]>;
  /** Those of the scope, in its order. */
  readonly issues: readonly IssueSnapshot[];
  /** Absent: none is gone. */
  readonly gone?: readonly GoneIssue[];
  readonly pullRequests: readonly PullRequestState[];
  /** Every open issue that carries the andon label. Whether a label stops the line depends on who put it there. */
  readonly andon: Part<readonly AndonLabel[]>;
  readonly openIssues: Part<readonly OpenIssue[]>;
  readonly permissions: Readonly<Record<string, Permission>>;
  /** Whether the run of the scope still works; absent where nobody asked. A run that nobody can find stays unknown. */
  readonly holder?: Part<"active" | "ended">;
  /** Those with the label of waiting; absent where nobody asked. */
  readonly waiting?: readonly OpenIssue[];
  /** Open issues, those among them where a person is next; unknown where they were too many. Absent where nobody asked. */
  readonly asked?: Part<readonly Pick<OpenIssue, "number" | "author" | "labels">[]>;
  /** Absent where nobody asked, as the next one. */
  readonly ledgers?: Part<readonly FoundLedger[]>;
  readonly pullWork?: Part<readonly FoundWork[]>;
  /** Of the oldest hundred comments on the pull request of the scope the factory's own; cut where there are more. */
  readonly pullSaid?: Part<LabelledPull["said"]>;
  readonly isPullSaidCut?: true;
  /** Absent where nobody asked. */
  readonly unblocking?: Part<readonly LabelledPull[]>;
  /** The newest first, as many as one page holds. Absent where nobody asked. */
  readonly scheduled?: Part<readonly ScheduledRun[]>;
  /** Absent where nobody asked. */
  readonly incidents?: readonly IncidentIssue[];
  /** Absent where nobody asked. */
  readonly loopIssues?: readonly LoopIssue[];
  /** Those that changed lately; unknown where they are more than one page shows. Absent where nobody asked. */
  readonly loopsLately?: Part<readonly Pick<LoopIssue, "number" | "body">[]>;
  /** Absent where nobody asked. */
  readonly contained?: readonly Containment[];
  /** Null: there is none of that commit. Absent where nobody asked. */
  readonly deployment?: Part<DeploymentState | null>;
  /** Absent where nobody asked. */
  readonly takenBack?: Part<readonly TakenBackLately[]>;
  /** Absent where nobody asked, or where GitHub does not know that merge. */
  readonly before?: BeforeState;
  /** Null: none of the last merges of that release changed those places. Absent where nobody asked. */
  readonly suspect?: Part<Suspect | null>;
  /** Absent where nobody asked. */
  readonly submitter?: Part<AuthorizedActor>;
}
