import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { messageOf } from "../../../domain/text/message-of.ts";
import { createProcessKeeper } from "../process/processes.ts";
import { withinFork } from "../run/from-fork.ts";
import { prepare, stateOf, timeLimit } from "./begin-job.ts";
import type { JobAssignment } from "./job-assignment.ts";
import { createJobFolders, removeJobFolders } from "./job-folders.ts";
import { collectOutputs } from "./job-outputs.ts";
import { annotate, type JobState, type StepScope, writeLog } from "./job-state.ts";
import { runPostSteps, runPreSteps } from "./pre-post-steps.ts";
import { runSteps } from "./steps.ts";

/** How long always() and post steps may still run after a cancellation, in minutes, before they are ended, too. */
const CANCEL_TIMEOUT = 5;

/** GitHub's message on such a job. Nothing of it runs any more, not even always() and post steps. */
export const RUNNER_LOST =
  "The hosted runner lost communication with the server. Anything in your workflow that terminates the runner process, starves it for CPU/Memory, or blocks its network access can cause this error.";

/** Runs a job on a machine of its own: new folders, token and processes, all removed afterwards. */
export async function runJob(job: JobAssignment): Promise<void> {
  const { machine } = job.run;
  const { record } = job;
  const started = performance.now();
  record.startedAt = machine.now().toISOString();
  const { repository } = job.run.record;
  const token = machine.github.mintJobToken({
    repository,
    permissions: withinFork(record.permissions, job.run.identity.event),
    runId: job.run.record.id,
    jobId: String(record.id),
  });
  const folders = await createJobFolders(machine.directory, { id: record.id, repository });
  const programs = await machine.aptList?.layFor(join(folders.root, "_programs"));
  const keeper = createProcessKeeper({
    trackingId: `github_${randomUUID()}`,
    grace: machine.grace,
  });
  const runtimeToken = `decoy.${randomUUID()}`;
  try {
    const state = stateOf(job, { token, folders, keeper }, { runtimeToken, programs });
    await work(job, state);
  } finally {
    machine.github.revokeToken(token);
    machine.caches.forget(runtimeToken);
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
    const { steps } = planned.job;
    await runPreSteps(steps, scope);
    await runSteps(job.isLost ? steps.slice(0, Math.floor(steps.length / 2)) : steps, scope);
    if (job.isLost) throw new Error(RUNNER_LOST);
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
