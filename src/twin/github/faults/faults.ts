/** A fault of one request of a job, as data. Weather affects all requests; a fault affects a named one. */
export interface FaultKind {
  /** A description in one sentence. */
  readonly about: string;
  /** Its documentation; "reported" if people saw it and GitHub's documentation says nothing. */
  readonly source: string;
  /** Whether GitHub first does what was asked; of a document of several changes, the first half. */
  readonly isApplied: boolean | "in part";
  /**
   * The job's view: an answer, a broken connection, or nothing, because it is dead. `kills` names the extent: the job
   * alone, as with a lost runner, or the whole run, as with a cancellation.
   */
  readonly hears:
    | { readonly answer: number; readonly message: string; readonly retryAfterSeconds?: number }
    | { readonly kills: "job" | "run" }
    | "reset";
  /** Whether each further request of the same job is affected, too. */
  readonly lasts?: true;
}

const LIMITS = "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api";
const RUNNERS =
  "https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners/monitor-and-troubleshoot";
const CANCEL =
  "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation";

export const FAULT_KINDS = {
  "run-killed-before": {
    about: "The run is ended before the request goes out.",
    source: CANCEL,
    isApplied: false,
    hears: { kills: "run" },
  },
  "run-killed-after": {
    about: "The request is done, and the run is ended before it hears of it.",
    source: CANCEL,
    isApplied: true,
    hears: { kills: "run" },
  },
  "job-killed-before": {
    about: "The runner of this one job is lost before the request goes out.",
    source: RUNNERS,
    isApplied: false,
    hears: { kills: "job" },
  },
  "job-killed-after": {
    about: "The request is done, and the runner of this one job is lost.",
    source: RUNNERS,
    isApplied: true,
    hears: { kills: "job" },
  },
  "answer-lost": {
    about: "The request is done, and 502 is what comes back.",
    source: "reported; GitHub's own client repeats such requests (@octokit/plugin-retry)",
    isApplied: true,
    hears: { answer: 502, message: "Server Error" },
  },
  "server-error": {
    about: "The request is answered 502 and not done.",
    source: "reported; GitHub's own client repeats such requests (@octokit/plugin-retry)",
    isApplied: false,
    hears: { answer: 502, message: "Server Error" },
  },
  "rate-limit": {
    about: "The request is answered 429 with a time to wait.",
    source: `${LIMITS}#exceeding-the-rate-limit`,
    isApplied: false,
    hears: { answer: 429, message: "API rate limit exceeded.", retryAfterSeconds: 30 },
  },
  "secondary-limit": {
    about: "The request is answered 403 by the secondary limit, with a time to wait.",
    source: `${LIMITS}#about-secondary-rate-limits`,
    isApplied: false,
    hears: {
      answer: 403,
      message: "You have exceeded a secondary rate limit. Please wait a few minutes.",
      retryAfterSeconds: 60,
    },
  },
  reset: {
    about: "The connection breaks before GitHub has the request.",
    source: "reported",
    isApplied: false,
    hears: "reset",
  },
  "reset-after": {
    about: "The request is done, and the connection breaks before its answer.",
    source: "reported",
    isApplied: true,
    hears: "reset",
  },
  "done-in-part": {
    about: "Of several changes in one document the first half is done, and 502 is what comes back.",
    source: "https://spec.graphql.org/October2021/#sec-Serial-Execution",
    isApplied: "in part",
    hears: { answer: 502, message: "Server Error" },
  },
  outage: {
    about: "From this request on every one of the job is answered 503.",
    source: "https://www.githubstatus.com/history",
    isApplied: false,
    hears: { answer: 503, message: "Service unavailable" },
    lasts: true,
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof FAULT_KINDS;
export const FAULT_NAMES = Object.keys(FAULT_KINDS) as FaultName[];

/** The number of a request in the twin's life, from 1, and its fault. */
export interface Fault {
  readonly request: number;
  readonly kind: FaultName;
}
