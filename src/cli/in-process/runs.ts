import type { RunSource, TwinEvent } from "../../twin/github/twin-github.ts";
import type {
  Conclusion,
  JobRecord,
  OpenJob,
  OpenRun,
  RunnerProgress,
} from "../../twin/runner/run/records.ts";

/** A run while it is conducted. */
export interface ConductedRun {
  readonly event: TwinEvent;
  readonly record: OpenRun;
  tell(progress: Told): void;
}

type Place = "runId" | "repository" | "workflow";
type Told = RunnerProgress extends infer Each
  ? Each extends RunnerProgress
    ? Omit<Each, Place>
    : never
  : never;

const FIRST_RUN_ID = 1_000_001;
let nextJobId = 5_000_001;

export function beginRun(
  event: TwinEvent,
  file: string,
  place: { readonly number: number; readonly onProgress: (event: RunnerProgress) => void },
): ConductedRun {
  const record: OpenRun = {
    id: FIRST_RUN_ID + place.number,
    attempt: 1,
    repository: event.repository,
    workflow: "Factory",
    title: "Factory",
    file: `.github/workflows/${file}`,
    event: event.name,
    ref: event.ref,
    sha: event.sha,
    actor: event.actor.login,
    status: "in_progress",
    conclusion: null,
    startedAt: new Date().toISOString(),
    durationMs: 0,
    jobs: [],
  };
  const tell: ConductedRun["tell"] = (progress) => {
    const at = { runId: record.id, repository: record.repository, workflow: record.workflow };
    place.onProgress({ ...progress, ...at } as RunnerProgress);
  };
  return { event, record, tell };
}

export function endRun({ record }: ConductedRun, failure?: string): void {
  const red = record.jobs.some(({ conclusion }) => conclusion === "failure");
  record.status = "completed";
  record.conclusion = red || failure !== undefined ? "failure" : "success";
  record.durationMs = Date.now() - Date.parse(record.startedAt);
  if (failure !== undefined) record.error = failure;
}

/** Begins a job as the runner would show it; `end` says how it went. */
export function beginJob(
  run: ConductedRun,
  job: Pick<JobRecord, "name" | "runsOn" | "permissions">,
): { readonly id: number; end(conclusion: Conclusion, said: Said): void } {
  const started = performance.now();
  const record: OpenJob = {
    id: nextJobId++,
    path: job.name,
    conclusion: null,
    startedAt: new Date().toISOString(),
    durationMs: 0,
    billedMinutes: 0,
    cacheMode: undefined,
    steps: [],
    outputs: {},
    summary: "",
    annotations: [],
    log: [],
    ...job,
    permissions: { ...job.permissions },
  };
  run.record.jobs.push(record);
  run.tell({ kind: "job-started", jobId: record.id, job: job.name });
  return {
    id: record.id,
    end(conclusion, { summary, log }) {
      record.conclusion = conclusion;
      record.durationMs = performance.now() - started;
      record.billedMinutes = Math.ceil(record.durationMs / 60_000);
      record.summary = summary;
      record.log = [...log];
      const { durationMs } = record;
      run.tell({ kind: "job-finished", jobId: record.id, job: job.name, conclusion, durationMs });
    },
  };
}

interface Said {
  readonly summary: string;
  readonly log: readonly string[];
}

/** What GitHub's routes answer about these runs. */
export function sourceOf(runs: readonly ConductedRun[]): RunSource {
  return {
    list: (repository) =>
      runs
        .map(({ record }) => record)
        .filter((record) => record.repository === repository)
        .map((record) => ({
          id: record.id,
          attempt: record.attempt,
          name: record.workflow,
          path: record.file,
          event: record.event,
          status: record.status,
          conclusion: record.conclusion,
          headBranch: record.ref.replace(/^refs\/(?:heads|tags|pull)\//, ""),
          headSha: record.sha,
          actor: record.actor,
          createdAt: record.startedAt,
          updatedAt: new Date().toISOString(),
        })),
    cancel() {
      throw new Error("a conducted run cannot be cancelled: play it on the twin's runner");
    },
  };
}
