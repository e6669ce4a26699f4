import type {
  Account,
  JobPermissions,
  JobTokenGrant,
  RepositoryRole,
  RequestRecord,
  RunSource,
  TwinEvent,
} from "../twin-github.ts";
import type { Sky } from "../weather/sky.ts";
import type { DeploymentState } from "./deployments.ts";
import type { IssueState, LabelState } from "./issue-state.ts";

/** The caller. A job acts as github-actions[bot], an App as its own bot, each with the permissions of its grant. */
export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "person"; readonly account: Account }
  | { readonly kind: "job"; readonly account: Account; readonly grant: JobTokenGrant }
  | { readonly kind: "app"; readonly account: Account; readonly grant: TokenGrant };

/** Permissions of a token, and its repository. */
export type TokenGrant = Pick<JobTokenGrant, "repository" | "permissions">;

export interface AppState {
  readonly slug: string;
  readonly bot: Account;
  readonly privateKey: string;
  readonly installationId: number;
  readonly permissions: JobPermissions;
}

export type IdentifiedCaller = Exclude<Caller, { kind: "anonymous" }>;

/** One place in a check, as GitHub lists it. */
export interface MarkShown {
  readonly path: string;
  readonly line: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title?: string | undefined;
  readonly message: string;
}

export interface CheckRunState {
  readonly id: number;
  /** Account of the App that made it; nobody else may change it. */
  readonly author: Account;
  readonly headSha: string;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  externalId: string | null;
  detailsUrl: string | null;
  output: {
    title: string | null;
    summary: string | null;
    text: string | null;
    annotations: number;
  };
  /** The annotations themselves, in order. */
  readonly marks: MarkShown[];
}

/** A named status of a commit, without a check run. */
export interface CommitStatusState {
  readonly id: number;
  readonly author: Account;
  readonly sha: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly createdAt: string;
}

export interface DiscussionState {
  readonly number: number;
  readonly author: Account;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly createdAt: string;
}

export interface RepositoryState {
  readonly id: number;
  readonly owner: Account;
  /** The repository that it was forked from. */
  readonly parent?: RepositoryState;
  readonly name: string;
  readonly fullName: string;
  readonly gitDirectory: string;
  readonly defaultBranch: string;
  readonly visibility: "public" | "private";
  readonly collaborators: Map<string, RepositoryRole>;
  readonly canApprovePullRequests: boolean;
  readonly createdAt: string;
  pushedAt: string;
  readonly labels: Map<string, LabelState>;
  readonly issues: Map<number, IssueState>;
  /** In order of creation; undefined if discussions are off. */
  discussions?: DiscussionState[];
  readonly checkRuns: Map<number, CheckRunState>;
  /** In order of creation. */
  readonly statuses: CommitStatusState[];
  readonly deployments: Map<number, DeploymentState>;
  /** Commits that GitHub would have signed: made by a bot without author, committer or signature of its own. */
  readonly verifiedCommits: Set<string>;
  /** Writes of one repository happen one after the other; this is the end of the queue. */
  writes: Promise<unknown>;
}

export interface RateWindow {
  used: number;
  /** Unix time in seconds. */
  reset: number;
}

/** All state of the twin outside git. */
export interface Twin {
  origin: string;
  readonly now: () => Date;
  readonly jobRequestsPerHour: number;
  readonly accounts: Map<string, Account>;
  readonly tokens: Map<string, IdentifiedCaller>;
  /** By client id. */
  readonly apps: Map<string, AppState>;
  readonly repositories: Map<string, RepositoryState>;
  readonly rateWindows: Map<string, RateWindow>;
  readonly listeners: Set<(event: TwinEvent) => void>;
  readonly records: RequestRecord[];
  readonly sky: Sky;
  runs: RunSource | undefined;
  lastId: number;
}

/** Account behind every job token; with github.com's id, because authors are compared by id. */
export const ACTIONS_BOT = {
  id: 41898282,
  login: "github-actions[bot]",
  type: "Bot",
} as const satisfies Account;

/** Committer of commits from the site, or from the API without a committer. */
export const GITHUB_COMMITTER = { name: "GitHub", email: "noreply@github.com" } as const;

export function nextId(twin: Twin): number {
  twin.lastId += 1;
  return twin.lastId;
}

/** Ids of accounts and repositories are still small on github.com; GraphQL has only 32 bits for them. */
export function nextSmallId(twin: Twin): number {
  return nextId(twin) - SMALLER_BY;
}

const SMALLER_BY = 2_000_000_000;

/** GitHub's time stamps have whole seconds. */
export function timestamp(twin: Twin): string {
  return `${twin.now().toISOString().slice(0, 19)}Z`;
}

export function findRepository(twin: Twin, fullName: string): RepositoryState | undefined {
  return twin.repositories.get(fullName.toLowerCase());
}

/** Runs one write of a repository after all earlier ones, whether those succeeded or not. */
export function serialise<T>(repository: RepositoryState, task: () => Promise<T>): Promise<T> {
  const result = repository.writes.then(task, task);
  repository.writes = result.catch(() => undefined);
  return result;
}

/** Author line of a commit made for an account that gave none: GitHub's private mail address. */
export function commitIdentity(account: Account): { name: string; email: string } {
  return { name: account.login, email: `${account.id}+${account.login}@users.noreply.github.com` };
}
