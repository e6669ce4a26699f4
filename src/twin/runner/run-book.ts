import type { RunSource, RunSummary, TwinEvent, TwinGitHub } from "../github/twin-github.ts";
import type { Delivery } from "./delivery.ts";
import type { StartedWorkflow } from "./intake.ts";
import { isFromFork } from "./run/from-fork.ts";
import type { RunnerProgress, RunRecord } from "./run/records.ts";
import { createRun } from "./run/run.ts";
import { createClosedRun } from "./run/run-record.ts";
import type { Again, Run, RunRequest } from "./run/run-request.ts";
import type { Machine, SkipReading } from "./run/run-state.ts";
import { field } from "./workflow/events.ts";

type ByRepository = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface RunnerOptions {
  readonly github: TwinGitHub;
  /** Folder of the bare repository; may throw for an unknown one. */
  gitDirectoryOf(repository: string): string;
  /** Scratch folder for jobs and artifacts; close() removes its content. */
  readonly directory: string;
  /** By OWNER/NAME. */
  readonly secrets: ByRepository;
  /** `vars`, by OWNER/NAME. */
  readonly variables?: ByRepository;
  /** Whether a workflow file of a repository may run; all by default. */
  readonly runsWorkflow?: (repository: string, path: string) => boolean;
  /** Jobs at once, default 2. */
  readonly concurrency?: number;
  /** Extra variables of every step, e.g. the model's base URL. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The Node 24 that JavaScript actions run on; default the one that runs this. */
  readonly node?: string;
  readonly onProgress?: (event: RunnerProgress) => void;
  readonly now?: () => Date;
  /** Default strict. */
  readonly skips?: SkipReading;
  /** How events arrive; at once, once and in order by default. */
  readonly delivery?: Delivery;
  /** The number of the job in each run, by request for a runner, that gets none: the run is cancelled, and its failed jobs are rerun. */
  readonly losesJob?: number;
  /** The number of the job in each run, by request for a runner, whose runner is lost midway: the job fails, and a person reruns the failed jobs. */
  readonly losesRunner?: number;
  /** Each job begins on a machine without bubblewrap, on which `apt-get update` fails. */
  readonly breaksAptList?: boolean;
  /** Milliseconds in a minute of `timeout-minutes`, for tests; default 60,000. */
  readonly minute?: number;
  /** Milliseconds between SIGTERM and SIGKILL; default 2,000. */
  readonly grace?: number;
  /**
   * Free bytes of the disk above which folders of ended jobs stay until close(), because ext4 creates files slowly after
   * many removals. By default they are removed when their job ends.
   */
  readonly keepJobsAbove?: number;
}

export interface TwinRunner {
  /** Whether it runs workflows of repositories; the project that they name has to be hosted then. */
  readonly runsWorkflows: boolean;
  /** Starts the runs of an event. Returns at once; never throws. Connect it with github.onEvent(runner.handle). */
  handle(event: TwinEvent): void;
  /** Resolves when nothing is queued or running, runs caused by runs included. */
  idle(): Promise<void>;
  /** Every run so far, by id; unfinished ones in their present state. */
  runs(): readonly RunRecord[];
  /** Asks every run to stop, as a person would, and waits; jobs and steps with always() still run. */
  cancelAll(reason: string): Promise<void>;
  /** Ends everything at once, always() included, and removes its files. No event starts anything afterwards. */
  close(): Promise<void>;
}

const FIRST_RUN_ID = 1_000_001;

interface RunBook extends RunSource {
  add(machine: Machine, event: TwinEvent, started: StartedWorkflow): Run;
  runs(): readonly Run[];
  stop(reason: string, forced: boolean): void;
  /** Begins a run that waits for a person; undefined if none does. */
  begin(repository: string, runId: number): Promise<Run> | undefined;
  /** Begins another attempt of a run; undefined if it has not ended, or cannot be rerun. */
  again(repository: string, runId: number, which: Again): Promise<Run> | undefined;
}

/** All runs so far, with the queries of GitHub's routes. */
export function createRunBook(options: RunnerOptions): RunBook {
  const runs: Run[] = [];
  const runNumbers = new Map<string, number>();
  const find = (repository: string, runId: number) =>
    runs.find(({ record }) => record.id === runId && record.repository === repository);
  return {
    add(machine, event, started) {
      const path = started.kind === "valid" ? started.workflow.path : started.path;
      const key = `${event.repository}/${path}`;
      const runNumber = (runNumbers.get(key) ?? 0) + 1;
      runNumbers.set(key, runNumber);
      const runId = FIRST_RUN_ID + runs.length;
      const secrets = isFromFork(event) ? {} : (options.secrets[event.repository] ?? {});
      const variables = options.variables?.[event.repository] ?? {};
      const run = runOf({ machine, event, runId, runNumber, secrets, variables }, started);
      runs.push(run);
      return run;
    },
    runs: () => runs,
    stop(reason, forced) {
      for (const run of runs) {
        run.cancellation.request(reason, forced);
      }
    },
    list: (repository) => runs.filter((run) => run.record.repository === repository).map(summaryOf),
    again(repository, runId, which) {
      const run = find(repository, runId);
      const begin = run?.record.status === "completed" ? run.again : undefined;
      return run && begin?.(which).then(() => run);
    },
    begin(repository, runId) {
      const run = find(repository, runId);
      return run?.approve?.().then(() => run);
    },
    cancel(repository, runId) {
      const run = find(repository, runId);
      const open = run !== undefined && run.record.status !== "completed";
      run?.cancellation.request("The run was canceled by a request.");
      return open;
    },
  };
}

function runOf(request: RunRequest, started: StartedWorkflow): Run {
  if (started.kind === "invalid") {
    const { path, error } = started;
    return createClosedRun(request, { name: path, path }, { conclusion: "failure", error });
  }
  return createRun(request, started.workflow);
}

function summaryOf(run: Run): RunSummary {
  const { record, past = [] } = run;
  const updated = new Date(Date.parse(record.startedAt) + record.durationMs);
  const now = record.jobs.map((job) => ({ attempt: record.attempt, job }));
  return {
    id: record.id,
    attempt: record.attempt,
    name: record.workflow,
    displayTitle: record.title,
    path: record.file,
    event: record.event,
    status: record.status,
    conclusion: record.conclusion,
    ...headOf(run),
    actor: record.actor,
    createdAt: record.startedAt,
    updatedAt: updated.toISOString(),
    jobs: [...past, ...now].map(({ attempt, job }) => ({ ...job, attempt })),
  };
}

/** A run on a pull request belongs to its branch and its head, although it works on their merge. */
function headOf({ record, event }: Run): Pick<RunSummary, "headBranch" | "headSha"> {
  const isOfPull = /^pull_request(?!_target)/.test(event.name);
  const head = isOfPull ? field(field(event.payload, "pull_request"), "head") : undefined;
  const [branch, sha] = [field(head, "ref"), field(head, "sha")];
  if (typeof branch === "string" && typeof sha === "string") {
    return { headBranch: branch, headSha: sha };
  }
  return { headBranch: record.ref.replace(/^refs\/(?:heads|tags)\//, ""), headSha: record.sha };
}
