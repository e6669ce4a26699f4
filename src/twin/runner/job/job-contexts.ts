import { join } from "node:path";
import { eventPath, type JobAssignment } from "./job-assignment.ts";
import type { JobState } from "./job-state.ts";

/** Contexts for expressions in a job's steps. */
export function contextsOf(
  job: JobAssignment,
  parts: Pick<JobState, "token" | "folders">,
): Readonly<Record<string, unknown>> {
  const { folders, token } = parts;
  const { source, path } = job.workflow;
  return {
    ...job.contexts,
    secrets: { ...job.secrets, GITHUB_TOKEN: token },
    github: {
      ...job.run.github,
      job: job.planned.job.id,
      token,
      workspace: folders.workspace,
      event_path: eventPath(folders),
      action: "",
    },
    runner: {
      os: process.platform === "darwin" ? "macOS" : "Linux",
      arch: process.arch.toUpperCase(),
      name: `GitHub Actions ${job.record.id}`,
      // The operator of the twin may override it; a workflow cannot.
      environment: job.run.machine.environment.RUNNER_ENVIRONMENT ?? "github-hosted",
      temp: folders.temp,
      tool_cache: folders.tools,
      workspace: join(folders.workspace, ".."),
    },
    job: {
      check_run_id: job.record.id,
      workflow_ref: `${source.repository}/${path}@${source.ref}`,
      workflow_sha: source.commit,
      workflow_repository: source.repository,
      workflow_file_path: path,
    },
  };
}
