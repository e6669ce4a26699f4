import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createProcessKeeper } from "../process/processes.ts";
import type { Cancellation } from "../run/cancellation.ts";
import type { OpenJob } from "../run/records.ts";
import { type RunState, runFacts } from "../run/run-state.ts";
import type { Scope } from "../workflow/expressions.ts";
import { messageOf, StepFailure } from "../workflow/failures.ts";
import type { PlannedJob } from "../workflow/plan.ts";
import type { TemplateMapping } from "../workflow/template.ts";
import type { WorkflowFile } from "../workflow/workflow-model.ts";
import { createJobFolders, type JobFolders, removeJobFolders } from "./job-folders.ts";
import { collectOutputs } from "./job-outputs.ts";
import { annotate, type JobState, type StepScope, writeLog } from "./job-state.ts";
import { createMasker } from "./masking.ts";
import { runPostSteps, runPreSteps } from "./pre-post-steps.ts";
import { runSteps } from "./steps.ts";

/** One job (one cell of its matrix) that is to run now. */
export interface JobAssignment {
  readonly run: RunState;
  readonly planned: PlannedJob;
  /** The file the job stands in. */
  readonly workflow: WorkflowFile;
  readonly record: OpenJob;
  /** github, inputs, vars, needs, strategy and matrix. */
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly cancellation: Cancellation;
}

/** Where GitHub stops a job that names no limit, in minutes. */
const DEFAULT_TIMEOUT = 360;
/** How long always() and post steps may still run after a cancellation, in minutes, before they are ended, too. */
const CANCEL_TIMEOUT = 5;

/** Runs a job on a machine of its own: fresh folders, own token, own processes; all gone afterwards. */
export async function runJob(job: JobAssignment): Promise<void> {
  const { machine } = job.run;
  const { record } = job;
  const started = performance.now();
  record.startedAt = machine.now().toISOString();
  const { repository } = job.run.record;
  const token = machine.github.mintJobToken({
    repository,
    permissions: record.permissions,
    runId: job.run.record.id,
    jobId: String(record.id),
  });
  const folders = await createJobFolders(machine.directory, { id: record.id, repository });
  const keeper = createProcessKeeper({
    trackingId: `github_${randomUUID()}`,
    grace: machine.grace,
  });
  try {
    const state = stateOf(job, { token, folders, keeper });
    await work(job, state);
  } finally {
    machine.github.revokeToken(token);
    await keeper.end();
    await removeJobFolders(folders, machine.keepJobsAbove);
    record.durationMs = Math.round(performance.now() - started);
    record.billedMinutes = Math.max(1, Math.ceil(record.durationMs / 60_000));
  }
}

async function work(job: JobAssignment, state: JobState): Promise<void> {
  const { planned, record } = job;
  const scope: StepScope = {
    job: state,
    source: job.workflow.source,
    composite: undefined,
    steps: {},
    signal: undefined,
    idPrefix: "",
  };
  const limit = timeLimit(job, state);
  const timer = setTimeout(() => {
    job.cancellation.request(`The job has exceeded the maximum execution time of ${limit} minutes`);
  }, limit * state.minute);
  let lastTimer: NodeJS.Timeout | undefined;
  const unlisten = job.cancellation.listen((reason, forced) => {
    if (!forced) {
      annotate(state, { level: "error", message: reason, step: "job" });
      lastTimer = setTimeout(
        () => job.cancellation.request(reason, true),
        CANCEL_TIMEOUT * state.minute,
      );
    }
  });
  try {
    await prepare(job, state);
    await runPreSteps(planned.job.steps, scope);
    await runSteps(planned.job.steps, scope);
    await runPostSteps(state);
    record.outputs = collectOutputs(planned.job.outputs, scope);
  } catch (error) {
    state.status = "failure";
    writeLog(state, `##[error]${messageOf(error)}`);
    annotate(state, { level: "error", message: messageOf(error), step: "Set up job" });
  } finally {
    clearTimeout(timer);
    clearTimeout(lastTimer);
    unlisten();
  }
  record.conclusion = job.cancellation.reason === undefined ? state.status : "cancelled";
}

/** What has to stand before the first step. @throws {StepFailure} for what the twin cannot imitate. */
async function prepare(job: JobAssignment, state: JobState): Promise<void> {
  const { unsupported } = job.planned.job;
  if (unsupported.length > 0) {
    throw new StepFailure(
      `job '${job.planned.job.id}' asks for '${unsupported.join("', '")}', which the twin cannot imitate`,
    );
  }
  await writeFile(eventPath(state.folders), JSON.stringify(job.run.identity.event.payload));
  const scope: Scope = { contexts: { ...job.contexts, secrets: state.contexts.secrets } };
  const layers: readonly TemplateMapping[] = [job.workflow.env, job.planned.job.env];
  for (const [name, template] of layers.flatMap((layer) => [...layer])) {
    state.env[name] = state.expressions.text(template, scope);
  }
}

function eventPath(folders: JobFolders): string {
  return join(folders.temp, "event.json");
}

function timeLimit(job: JobAssignment, state: JobState): number {
  const template = job.planned.job.timeoutMinutes;
  const minutes =
    template === undefined
      ? DEFAULT_TIMEOUT
      : Number(state.expressions.value(template, { contexts: job.contexts }));
  return minutes > 0 ? minutes : DEFAULT_TIMEOUT;
}

function stateOf(
  job: JobAssignment,
  parts: Pick<JobState, "token" | "folders" | "keeper">,
): JobState {
  const { run, record, planned } = job;
  const { machine } = run;
  const { folders, token } = parts;
  const runtimeToken = `decoy.${randomUUID()}`;
  const masker = createMasker([...Object.values(job.secrets), token, runtimeToken]);
  return {
    ...parts,
    record,
    masker,
    expressions: machine.expressions,
    library: machine.library,
    artifacts: run.artifacts,
    cancellation: job.cancellation,
    contexts: contextsOf(job, parts),
    machineEnvironment: {
      PATH: process.env.PATH ?? "",
      LANG: process.env.LANG ?? "C.UTF-8",
      HOME: folders.home,
      CI: "true",
      GITHUB_ACTIONS: "true",
      ...machine.environment,
    },
    runtimeEnvironment: {
      // Nothing is served there; it is present so that a test can prove that it never leaks.
      ACTIONS_RUNTIME_TOKEN: runtimeToken,
      ACTIONS_RUNTIME_URL: `${machine.github.url}/_actions/`,
      ACTIONS_RESULTS_URL: `${machine.github.url}/_actions/`,
    },
    env: {},
    path: [],
    defaults: [planned.job.defaults, job.workflow.defaults],
    serverUrl: machine.github.url,
    repository: run.record.repository,
    ref: run.identity.event.ref,
    sha: run.identity.event.sha,
    node: machine.node,
    minute: machine.minute,
    uses: new Map(),
    posts: [],
    status: "success",
    stepFinished({ name: step, conclusion, durationMs }) {
      const facts = { jobId: record.id, job: record.name, step, conclusion, durationMs };
      machine.progress({ kind: "step-finished", ...runFacts(run), ...facts });
    },
  };
}

function contextsOf(
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
      // Who runs the twin may say otherwise; a workflow cannot.
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
