import type { Account } from "../twin-github.ts";

export interface LabelState {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface CommentState {
  readonly id: number;
  readonly author: Account;
  readonly issueNumber: number;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface IssueEventState {
  readonly id: number;
  readonly event: string;
  readonly actor: Account;
  readonly createdAt: string;
  readonly commitId: string | null;
  readonly label?: { readonly name: string; readonly color: string };
  readonly rename?: { readonly from: string; readonly to: string };
  /** Number of the original issue of this duplicate. */
  readonly canonical?: number;
}

export interface ReviewState {
  readonly id: number;
  readonly author: Account;
  readonly body: string;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "PENDING";
  readonly commitId: string;
  readonly submittedAt: string;
}

/** A comment on a line of a commit; answers name the first one of their thread. */
export interface ReviewCommentState {
  readonly id: number;
  readonly author: Account;
  readonly body: string;
  readonly path: string;
  readonly line: number;
  readonly commitId: string;
  readonly reviewId: number | null;
  readonly inReplyTo?: number;
  readonly createdAt: string;
  /** For the first comment of a thread: who resolved it. Absent: nobody. */
  resolvedBy?: Account;
}

/** Result of trying to merge head into base, kept for the pair of commits it was tried on. */
export interface TestMerge {
  readonly base: string;
  readonly head: string;
  /** undefined: they conflict. */
  readonly commit: string | undefined;
}

export interface PullState {
  /** OWNER/NAME of the fork with the head; absent for the repository itself. */
  readonly headRepository?: string;
  readonly headBranch: string;
  baseBranch: string;
  headSha: string;
  baseSha: string;
  readonly draft: boolean;
  mergedAt: string | null;
  mergedBy: Account | null;
  mergeCommitSha: string | null;
  testMerge: TestMerge | undefined;
  readonly reviews: ReviewState[];
  /** People whose review is requested. */
  readonly requestedReviewers: Account[];
  readonly reviewComments: ReviewCommentState[];
}

/** An issue; a pull request is an issue with `pull`, and shares the numbers. */
export interface IssueState {
  readonly id: number;
  readonly pullId: number;
  readonly number: number;
  readonly author: Account;
  title: string;
  body: string | null;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  labels: LabelState[];
  /** Issues that block it, and its sub-issues. */
  readonly blockers: IssueState[];
  readonly parts: IssueState[];
  readonly comments: CommentState[];
  readonly events: IssueEventState[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  readonly pull: PullState | undefined;
  /** Its place after a transfer; the old number answers with that. */
  movedTo?: { readonly repository: string; readonly number: number };
}

export type PullRequestState = IssueState & { readonly pull: PullState };

export function isPullRequest(issue: IssueState): issue is PullRequestState {
  return issue.pull !== undefined;
}
