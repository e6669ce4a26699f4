import type { MarkShown, RepositoryState, Twin } from "../state/state.ts";
import type { RunJob, RunSummary } from "../twin-github.ts";
import { nodeId } from "./account.ts";
import { apiAddress, webAddress } from "./addresses.ts";

export interface JobOfRun {
  readonly run: RunSummary;
  readonly job: RunJob;
}

export function renderJob(twin: Twin, repository: RepositoryState, { run, job }: JobOfRun) {
  const api = apiAddress(twin, repository);
  const started = seconds(job.startedAt ?? run.createdAt);
  const ended = seconds(new Date(Date.parse(started) + job.durationMs).toISOString());
  return {
    id: job.id,
    node_id: nodeId("CR", job.id),
    run_id: run.id,
    run_attempt: job.attempt,
    run_url: `${api}/actions/runs/${run.id}`,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${webAddress(twin, repository)}/actions/runs/${run.id}/job/${job.id}`,
    check_run_url: `${api}/check-runs/${job.id}`,
    head_sha: run.headSha,
    head_branch: run.headBranch,
    workflow_name: run.name,
    name: job.name,
    status: job.conclusion === null ? "in_progress" : "completed",
    conclusion: job.conclusion,
    created_at: started,
    started_at: started,
    completed_at: job.conclusion === null ? null : ended,
    labels: [job.runsOn],
    runner_id: 1,
    runner_name: "GitHub Actions 1",
    runner_group_id: 0,
    runner_group_name: "GitHub Actions",
  };
}

/** The place of a message without a file. */
const NO_FILE = ".github";
const LEVELS = { error: "failure", warning: "warning", notice: "notice" } as const;

export function marksOfJob({ annotations }: RunJob): readonly MarkShown[] {
  return annotations.map(({ level, message, title, file, line }) => ({
    path: file ?? NO_FILE,
    line: line ?? 1,
    level: LEVELS[level],
    title,
    message,
  }));
}

export function renderMark(
  twin: Twin,
  repository: RepositoryState,
  { mark, sha }: { readonly mark: MarkShown; readonly sha: string },
) {
  return {
    path: mark.path,
    blob_href: `${webAddress(twin, repository)}/blob/${sha}/${mark.path}`,
    start_line: mark.line,
    end_line: mark.line,
    start_column: null,
    end_column: null,
    annotation_level: mark.level,
    title: mark.title ?? "",
    message: mark.message,
    raw_details: "",
  };
}

function seconds(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
