import type { Portrait, Restore } from "./kept/kept.ts";
import type { NewDiscussion } from "./new-discussion.ts";
import type { Weather } from "./weather/weather.ts";

/**
 * The interface of the twin's GitHub for the rest of the twin (runner, demo, rehearsal, tests). Everything else uses it
 * like GitHub: REST and git over HTTP at `url`.
 */

export type AccountType = "User" | "Bot";

/** Role of a person in a repository, as GitHub names it in `role_name`. */
export type RepositoryRole = "read" | "triage" | "write" | "maintain" | "admin";

/** Permissions of a job's token: key as in a workflow's `permissions`, e.g. `pull-requests`. A missing key is none. */
export type JobPermissions = Readonly<Record<string, "read" | "write">>;

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: AccountType;
}

/** An account together with the token its owner uses for REST and git. */
export interface CreatedUser {
  readonly id: number;
  readonly login: string;
  readonly token: string;
}

export interface RepositoryOptions {
  readonly defaultBranch: string;
  readonly collaborators: Readonly<Record<string, RepositoryRole>>;
  /** GitHub's setting "Allow GitHub Actions to create and approve pull requests". Default false, as on GitHub. */
  readonly canApprovePullRequests?: boolean;
  /** Default "public". */
  readonly visibility?: "public" | "private";
}

export interface CreatedRepository {
  readonly id: number;
  /** Absolute path of the bare repository: the source of every route. */
  readonly gitDirectory: string;
}

export interface JobTokenGrant {
  /** OWNER/NAME. */
  readonly repository: string;
  readonly permissions: JobPermissions;
  readonly runId: number;
  readonly jobId: string;
}

export interface AppOptions {
  /** Its bot writes as `SLUG[bot]`. */
  readonly slug: string;
  /** Permissions of its installation in every repository of the twin. */
  readonly permissions: JobPermissions;
}

/** A GitHub App and its bot. */
export interface CreatedApp {
  readonly clientId: string;
  /** PEM. */
  readonly privateKey: string;
  readonly bot: Account;
}

/** Body of `POST /app/installations/{installation_id}/access_tokens`. */
export interface AppTokenRequest {
  readonly clientId: string;
  readonly privateKey: string;
  /** OWNER/NAME. */
  readonly repository: string;
  /** Those of the token; all of the installation if left out. */
  readonly permissions?: JobPermissions;
}

/** An installation token of an App, for one repository. */
export interface AppToken {
  readonly token: string;
  readonly slug: string;
  readonly installationId: number;
}

/**
 * Whether this event may start workflow runs. Events of a job's token start none, except the two dispatches; pull
 * request runs that it causes wait for a person's approval. Source:
 * docs.github.com/en/actions/concepts/security/github_token
 */
export type StartsRuns = "yes" | "no" | "waits-for-approval";

export interface TwinEvent {
  /** Webhook name: issues, issue_comment, pull_request, push, workflow_dispatch, repository_dispatch, schedule. */
  readonly name: string;
  /** Activity type, for example "labeled"; absent if the webhook has none. */
  readonly action?: string;
  /** OWNER/NAME. */
  readonly repository: string;
  /** The webhook's own payload: `github.event` in a run. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Full ref a run of this event gets as GITHUB_REF, e.g. refs/heads/main or refs/pull/2/merge. */
  readonly ref: string;
  /** Commit a run of this event gets as GITHUB_SHA. */
  readonly sha: string;
  readonly actor: Account;
  readonly startsRuns: StartsRuns;
  /** Inputs of a workflow_dispatch as given by the caller; defaults are the runner's work. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** File name of the workflow that a workflow_dispatch names, e.g. "factory.yml". */
  readonly workflow?: string;
  /** Run whose token caused the event; absent for people. */
  readonly causedByRun?: number;
}

/** One answered request, in order of arrival: the source of "requests per issue life". */
export interface RequestRecord {
  readonly method: string;
  /** Route template, e.g. "/repos/{owner}/{repo}/issues/{issue_number}", or "git:upload-pack" and its kin. */
  readonly route: string;
  readonly path: string;
  readonly status: number;
  /** Login of the caller; "" when nobody was authenticated. */
  readonly actor: string;
  readonly runId?: number;
  /** The job in that run. */
  readonly jobId?: string;
  readonly write: boolean;
  /** Counts against GitHub's secondary limit on content creation (issues, comments, pull requests, reviews). */
  readonly createsContent: boolean;
  /** Fields of a GraphQL mutation, in order; absent for any other request. */
  readonly changes?: readonly string[];
  /** ISO 8601. */
  readonly at: string;
  /** Milliseconds until the answer was complete. */
  readonly ms: number;
}

export type RunStatus = "queued" | "in_progress" | "completed" | "waiting" | "pending";

/** A job of one attempt of a run, as in its check run and log. */
export interface RunJob {
  readonly id: number;
  readonly name: string;
  readonly attempt: number;
  /** Null while it is queued or runs. */
  readonly conclusion: string | null;
  /** ISO 8601; null for a job that never started. */
  readonly startedAt: string | null;
  readonly durationMs: number;
  readonly runsOn: string;
  readonly annotations: readonly {
    readonly level: "error" | "warning" | "notice";
    readonly message: string;
    readonly title?: string;
    readonly file?: string;
    readonly line?: number;
  }[];
  readonly log: readonly string[];
}

/** The runner's facts about a run, enough for GitHub's "workflow run" answer. */
export interface RunSummary {
  readonly id: number;
  readonly attempt: number;
  /** Name of the workflow. */
  readonly name: string;
  /** Title shown in the list of runs (`run-name` or the event's subject). */
  readonly displayTitle?: string;
  /** Path of the workflow file, e.g. ".github/workflows/factory.yml". */
  readonly path: string;
  readonly event: string;
  readonly status: RunStatus;
  /** GitHub's conclusion; null while the run is not completed. */
  readonly conclusion: string | null;
  readonly headBranch: string;
  readonly headSha: string;
  /** Login of who caused the run. */
  readonly actor: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** Of all attempts, oldest first; absent if unknown. */
  readonly jobs?: readonly RunJob[];
}

/** The runner registers itself as this, so that the routes under actions/runs can answer. */
export interface RunSource {
  list(repository: string): readonly RunSummary[];
  /** Asks for cancellation; false if the run is unknown or has already ended (GitHub: 409). */
  cancel(repository: string, runId: number): boolean;
  /** Begins another attempt of an ended run, of all its jobs or of the failed ones with their dependents; false if it cannot. */
  rerun?(repository: string, runId: number, which: "all" | "failed"): boolean;
  /** Lets a run begin that waits for a person; false if none does. */
  approve?(repository: string, runId: number): boolean;
}

export interface TwinGitHubOptions {
  /** Existing folder for the bare repositories, one OWNER/NAME.git each. */
  readonly directory: string;
  /** Default 0: a free port. */
  readonly port?: number;
  readonly now?: () => Date;
  /** Requests per hour that the job tokens of one repository share. Default 1,000. */
  readonly requestsPerHour?: number;
  /** Its effects on the jobs of runs; fair weather by default. */
  readonly weather?: Partial<Weather>;
}

/** An issue, its place and its target: OWNER/NAME. */
export interface Transfer {
  readonly from: string;
  readonly number: number;
  readonly to: string;
}

/** A GitHub for one machine: REST and git over HTTP on one loopback origin, over real bare repositories. */
export interface TwinGitHub {
  /** http://127.0.0.1:PORT, server url and API url at once. */
  readonly url: string;
  createUser(login: string, type?: AccountType): CreatedUser;
  createRepository(fullName: string, options: RepositoryOptions): Promise<CreatedRepository>;
  /** A token that acts as github-actions[bot] in one repository, with these permissions and no others. */
  mintJobToken(grant: JobTokenGrant): string;
  /** Registers an App that is installed in every repository. */
  createApp(options: AppOptions): CreatedApp;
  /** A token that acts as the App's bot in one repository. Throws with GitHub's message if GitHub would refuse. */
  mintAppToken(request: AppTokenRequest): AppToken;
  /** Later requests with the token are answered 401. Unknown tokens are ignored. */
  revokeToken(token: string): void;
  /** Returns the function that ends the subscription. Listeners are called in order, before the causing request is answered. */
  onEvent(listener: (event: TwinEvent) => void): () => void;
  requests(): readonly RequestRecord[];
  setRuns(source: RunSource): void;
  /** Triggers a schedule event on the default branch. */
  emitSchedule(fullName: string, cron: string): void;
  /** Moves an issue to another repository, as its owner does on the site; its new number. */
  transferIssue(transfer: Transfer): Promise<number>;
  /** Starts a discussion, as a person does on the site; its number. Before the first, a repository has discussions off. */
  startDiscussion(fullName: string, discussion: NewDiscussion): number;
  /** REST without a socket: the same answer as at `url`. */
  fetch(request: Request): Promise<Response>;
  /** Remembers everything; the returned function restores it. No request may be under way at either time. */
  keep(): Promise<Restore>;
  /** The visible state of a repository, without ids and times. */
  portray(fullName: string): Promise<Portrait>;
  close(): Promise<void>;
}
