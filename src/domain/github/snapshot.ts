import type { Actor, AuthorizedActor, Permission } from "../actor.ts";
import type { ObjectId } from "../digest.ts";
import type { FoundWork } from "../ledger/pull-work.ts";
import type { TakenBackLately } from "../trust/fallen-trust.ts";
import type { ScheduledRun } from "./automation.ts";
import type { DeploymentState } from "./deployment.ts";
import type { IncidentIssue, Suspect } from "./incident-issue.ts";
import type { GoneIssue, IssueHistory } from "./issue-history.ts";
import type { LoopIssue } from "./loop-issue.ts";

/** A part of a look that GitHub may not have shown, or that nobody asked for. Unknown refuses. */
export type Part<Value> = { readonly known: Value } | { readonly unknown: string };

/** What control asks GitHub for: the repository and the issues that it works on. */
export interface Scope {
  readonly issues: readonly number[];
  /** More people whose permission is needed. It counts only while the login belongs to this id. */
  readonly actors?: readonly Pick<Actor, "id" | "login">[];
  /** Prefix of the factory's labels, to find the andon. */
  readonly prefix: string;
  /** Needed if a decision depends on which files exist. */
  readonly paths?: boolean;
  /** Needed for a publication: folders of a commit by their paths. Only the adapter uses them. */
  readonly folders?: { readonly commit: ObjectId; readonly paths: readonly string[] };
  /** Needed for an audit and a heartbeat: all open issues. */
  readonly openIssues?: boolean;
  /** Needed if an attempt starts or ends: open issues that wait for their turn. */
  readonly waiting?: boolean;
  /** Needed for an audit and a heartbeat: all open pull requests, to see whether one still waits for a person. */
  readonly openPullRequests?: boolean;
  /** Needed for a release by a person's merge: the pull request of the event. */
  readonly pullRequest?: number;
  /** Needed for an attempt under way: whether the run that holds it still works. */
  readonly holder?: number;
  /** Needed for an audit and to spend money: comments of the factory that begin with this line and changed since then, with their pages. */
  readonly ledgers?: {
    readonly marker: string;
    readonly since: string;
    /** Some of the newest are enough: those of one page. */
    readonly newest?: true;
    /** Also the costs of pull requests: the factory's comments there whose first line begins with one of these. */
    readonly work?: readonly string[];
  };
  /** Needed to spend money: the factory's issues under the label of loops, changed since (ISO 8601). */
  readonly loopsSince?: string;
  /** Needed to overwrite one comment: the factory's comments on the pull request of the scope. */
  readonly pullSaid?: boolean;
  /** Needed if somebody may have asked by a label to mend a pull request. */
  readonly unblocking?: boolean;
  /** Needed for the board: the last scheduled runs. */
  readonly scheduled?: boolean;
  /** Needed for an alert: the issues that alerts opened, open and closed. */
  readonly incidents?: boolean;
  /** Needed for a loop: the issues that loops filed, open and closed. */
  readonly loopIssues?: boolean;
  /** Needed for alerts that were fixed: whether the release that shows one, a tag or a full commit id, contains the fix. */
  readonly contained?: readonly Pick<Containment, "release" | "commit">[];
  /** Needed to see a merge live by GitHub's report: its deployment to an environment. */
  readonly deployment?: { readonly sha: ObjectId; readonly environment: string };
  /** Needed before a merge: the merges reverted in this many days before a time (ISO 8601). */
  readonly takenBack?: { readonly until: string; readonly days: number };
  /** Needed for a smoke test: the record of the commit before the merge, by that commit or by the merge itself. */
  readonly before?: { readonly parent: ObjectId } | { readonly merge: ObjectId };
  /** Needed for a new incident: the merge of its release that last changed these places, innermost first. */
  readonly suspect?: {
    /** The name of a tag, or a full commit id. */
    readonly release: string;
    readonly places: readonly { readonly file: string; readonly line?: number }[];
  };
  /** Needed if the factory rings for an issue on which no run has written: who added this label. */
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
  /** As for an open issue. */
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
  /** Its author; absent if GitHub names nobody, because the account is gone. */
  readonly author?: Pick<Actor, "id">;
  readonly head: { readonly branch: string; readonly sha: ObjectId };
  /** Its branch is in another repository; absent if unknown. */
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
  /** Number of open issues that it waits for, by GitHub's count: its sub-issues and those that block it. Absent if unknown. */
  readonly blockedBy?: number;
}

/** An andon label on an open issue, and who added it last, by GitHub's own event. */
export interface AndonLabel {
  readonly issue: number;
  readonly by: Part<AuthorizedActor>;
}

/** Whether a release contains a commit; unknown if it is no tag and no commit. */
export interface Containment {
  readonly release: string;
  readonly commit: ObjectId;
  readonly holds: Part<boolean>;
}

/** A comment that claims to be the ledger of an issue, trusted or not. */
export interface FoundLedger {
  readonly issue: number;
  readonly comment: number;
  readonly body: string;
  /** Pages of that issue's ledgers that also changed since then; absent: none. */
  readonly pages?: readonly Pick<CommentState, "id" | "body">[];
}

/** An open pull request with the label that asks to mend it. */
export interface LabelledPull {
  readonly pull: PullRequestState;
  /** Who added the label last, by GitHub's own event. */
  readonly by: Part<AuthorizedActor>;
  /** When, ISO 8601; absent if the person is unknown. */
  readonly at?: string;
  /** The factory's newest comments on it; cut if some since the label are missing. */
  readonly said: readonly Pick<CommentState, "id" | "body" | "updatedAt">[];
  readonly isCut?: true;
}

export interface BranchState {
  readonly name: string;
  readonly sha: ObjectId;
  /** It is at a commit of the default branch, without content of its own. Absent if not. */
  readonly untouched?: true;
}

/** The commit before a merge, and the factory's comments on the issue of that commit. */
export interface BeforeState {
  readonly parent: ObjectId;
  /** The issue of that commit, by the branch of its pull request; absent if there is none. */
  readonly issue?: { readonly number: number; readonly comments: readonly CommentState[] };
}

/** One issue of the scope with everything on it. A pull request's number has none. */
export interface IssueSnapshot {
  readonly issue: IssueState;
  /** Without the factory's comments from another repository, before the transfer. */
  readonly comments: readonly CommentState[];
  /** Branches under `factory/<issue>-`. */
  readonly branches: readonly BranchState[];
}

/**
 * Everything that control knows when it decides. Required parts (the repository, the config, the issues of the scope)
 * are present, or `observe` rejects. Every other part says for itself whether it is known.
 */
export interface Snapshot {
  readonly repository: {
    readonly id: number;
    readonly name: string;
    readonly defaultBranch: string;
    readonly url: string;
    readonly visibility: "public" | "private";
    /** Current head of the default branch. */
    readonly head: ObjectId;
    /** The tree of that head. */
    readonly headTree: ObjectId;
  };
  /** The token's identity. Only its own comments are trusted as the factory's. */
  readonly self: Actor;
  /** `.github/factory.yml` at the head; null if there is none. */
  readonly configText: string | null;
  /** `factory.yml` of the repository that the config names in `extends`; absent if it names none. */
  readonly sharedConfig?: Part<string>;
  /** Paths of the whole tree at the head; unknown if GitHub truncated the listing, or nobody asked. */
  readonly paths: Part<readonly string[]>;
  /** Those of the scope, in its order. */
  readonly issues: readonly IssueSnapshot[];
  /** Absent: none is gone. */
  readonly gone?: readonly GoneIssue[];
  readonly pullRequests: readonly PullRequestState[];
  /** Every open issue with the andon label. Whether it stops the line depends on who added it. */
  readonly andon: Part<readonly AndonLabel[]>;
  readonly openIssues: Part<readonly OpenIssue[]>;
  readonly permissions: Readonly<Record<string, Permission>>;
  /** Whether the run of the scope still works; absent if nobody asked. A run that cannot be found stays unknown. */
  readonly holder?: Part<"active" | "ended">;
  /** Those with the label of waiting; absent if nobody asked. */
  readonly waiting?: readonly OpenIssue[];
  /** Open issues, including those at which a person is next; unknown if they were too many. Absent if nobody asked. */
  readonly asked?: Part<readonly Pick<OpenIssue, "number" | "author" | "labels">[]>;
  /** Absent if nobody asked, as the next one. */
  readonly ledgers?: Part<readonly FoundLedger[]>;
  readonly pullWork?: Part<readonly FoundWork[]>;
  /** The factory's own, among the oldest hundred comments on the pull request of the scope; cut if there are more. */
  readonly pullSaid?: Part<LabelledPull["said"]>;
  readonly isPullSaidCut?: true;
  /** Absent if nobody asked. */
  readonly unblocking?: Part<readonly LabelledPull[]>;
  /** Newest first, as many as one page holds. Absent if nobody asked. */
  readonly scheduled?: Part<readonly ScheduledRun[]>;
  /** Absent if nobody asked. */
  readonly incidents?: readonly IncidentIssue[];
  /** Absent if nobody asked. */
  readonly loopIssues?: readonly LoopIssue[];
  /** Those that changed lately; unknown if one page does not show all. Absent if nobody asked. */
  readonly loopsLately?: Part<readonly Pick<LoopIssue, "number" | "body">[]>;
  /** Absent if nobody asked. */
  readonly contained?: readonly Containment[];
  /** Null if that commit has none. Absent if nobody asked. */
  readonly deployment?: Part<DeploymentState | null>;
  /** Absent if nobody asked. */
  readonly takenBack?: Part<readonly TakenBackLately[]>;
  /** Absent if nobody asked, or GitHub does not know that merge. */
  readonly before?: BeforeState;
  /** Null if none of the last merges of that release changed those places. Absent if nobody asked. */
  readonly suspect?: Part<Suspect | null>;
  /** Absent if nobody asked. */
  readonly submitter?: Part<AuthorizedActor>;
}
