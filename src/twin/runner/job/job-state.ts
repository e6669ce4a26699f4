import type { TwinGitHub } from "../../github/twin-github.ts";
import type { ResolvedAction } from "../actions/actions.ts";
import type { Artifacts } from "../actions/artifacts.ts";
import type { Library } from "../actions/library.ts";
import type { ProcessKeeper } from "../process/processes.ts";
import type { Cancellation } from "../run/cancellation.ts";
import type { Annotation, Conclusion, OpenJob, StepRecord } from "../run/records.ts";
import type { StatusView } from "../workflow/expression-functions.ts";
import type { Expressions } from "../workflow/expressions.ts";
import type { RunDefaults, Source, StepDefinition } from "../workflow/workflow-model.ts";
import type { JobFolders } from "./job-folders.ts";
import type { Masker } from "./masking.ts";

/** State of one running job; written by its steps, read by all later ones. */
export interface JobState {
  readonly record: OpenJob;
  readonly folders: JobFolders;
  readonly masker: Masker;
  readonly keeper: ProcessKeeper;
  readonly expressions: Expressions;
  readonly library: Library;
  readonly artifacts: Artifacts;
  /** Those of other runs, by the run's id. */
  readonly artifactsOf: ReadonlyMap<number, Artifacts>;
  readonly cancellation: Cancellation;
  /** Makes tokens of Apps, and ends them. */
  readonly apps: Pick<TwinGitHub, "mintAppToken" | "revokeToken">;
  /** All contexts but `env`, `steps` and, in composite actions, `inputs`. */
  readonly contexts: Readonly<Record<string, unknown>>;
  /** Variables every process gets before those of the workflow. */
  readonly machineEnvironment: Readonly<Record<string, string>>;
  /** Only for JavaScript actions, as on GitHub. */
  readonly runtimeEnvironment: Readonly<Record<string, string>>;
  /** Variables of workflow and job, and later additions to GITHUB_ENV. */
  readonly env: Record<string, string>;
  /** Newest first. */
  readonly path: string[];
  readonly defaults: readonly RunDefaults[];
  /** Token of the job, and its servers. */
  readonly token: string;
  readonly serverUrl: string;
  readonly repository: string;
  readonly ref: string;
  readonly sha: string;
  /** The Node 24 that JavaScript actions run on. */
  readonly node: string;
  /** Milliseconds in a minute of `timeout-minutes`. */
  readonly minute: number;
  readonly uses: Map<StepDefinition, ActionUse>;
  readonly posts: PostStep[];
  status: "success" | "failure";
  /** Reports that a step of the job has ended. */
  stepFinished(step: StepRecord): void;
}

/** One use of an action by one step: the resolved action, and the state of its pre, main and post. */
export interface ActionUse {
  readonly action: ResolvedAction;
  readonly state: Map<string, string>;
}

interface PostStep {
  run(): Promise<void>;
}

interface StepContext {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
}

/** The scope of a list of steps: the job itself, or a composite action in it. */
export interface StepScope {
  readonly job: JobState;
  /** Of the file with the steps: the meaning of `$/`. */
  readonly source: Source;
  /** Set inside a composite action. */
  readonly composite: CompositeScope | undefined;
  /** `steps` context by id. */
  readonly steps: Record<string, StepContext>;
  /** Aborted when everything in the scope has to stop. */
  readonly signal: AbortSignal | undefined;
  /** Prefix of the steps' GITHUB_ACTION. */
  readonly idPrefix: string;
}

export interface CompositeScope {
  readonly inputs: Readonly<Record<string, string>>;
  /** `env` of the step that uses the action. */
  readonly env: Readonly<Record<string, string>>;
  readonly action: ResolvedAction;
  status: "success" | "failure" | "cancelled";
}

/** State of the scope, for the status functions of the next step. */
export function statusOf(scope: StepScope): StatusView {
  const cancelled = scope.job.cancellation.reason !== undefined;
  if (scope.composite !== undefined) {
    const { status } = scope.composite;
    return { success: status === "success", failure: status === "failure", cancelled };
  }
  const { status } = scope.job;
  return {
    success: status === "success" && !cancelled,
    failure: status === "failure" && !cancelled,
    cancelled,
  };
}

export function annotate(job: JobState, annotation: Annotation): void {
  const { masker } = job;
  const { title, file } = annotation;
  job.record.annotations.push({
    ...annotation,
    message: masker.mask(annotation.message),
    ...(title === undefined ? {} : { title: masker.mask(title) }),
    ...(file === undefined ? {} : { file: masker.mask(file) }),
  });
}

/** Most lines that are kept of one job: a flood of output must not fill the memory. */
const LONGEST_LOG = 200_000;

export function writeLog(job: JobState, line: string): void {
  const { log } = job.record;
  if (log.length < LONGEST_LOG) {
    log.push(job.masker.mask(line));
  } else if (log.length === LONGEST_LOG) {
    log.push(`##[warning]The log is cut here: it has more than ${LONGEST_LOG} lines.`);
  }
}
