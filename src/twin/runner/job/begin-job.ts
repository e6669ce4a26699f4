import { writeFile } from "node:fs/promises";
import { cacheAccessOf } from "../actions/caches.ts";
import { runFacts } from "../run/run-state.ts";
import type { Scope } from "../workflow/expression-functions.ts";
import { StepFailure } from "../workflow/failures.ts";
import type { TemplateMapping } from "../workflow/template.ts";
import { eventPath, type JobAssignment } from "./job-assignment.ts";
import { contextsOf } from "./job-contexts.ts";
import type { JobState } from "./job-state.ts";
import { createMasker } from "./masking.ts";

/** Where GitHub stops a job that names no limit, in minutes. */
const DEFAULT_TIMEOUT = 360;

/** Preparations before the first step. @throws {StepFailure} for features that the twin cannot imitate. */
export async function prepare(job: JobAssignment, state: JobState): Promise<void> {
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

export function timeLimit(job: JobAssignment, state: JobState): number {
  const template = job.planned.job.timeoutMinutes;
  const minutes =
    template === undefined
      ? DEFAULT_TIMEOUT
      : Number(state.expressions.value(template, { contexts: job.contexts }));
  return minutes > 0 ? minutes : DEFAULT_TIMEOUT;
}

/** The state of a job before its first step. Its PATH is the machine's, unless it has programs of its own. */
export function stateOf(
  job: JobAssignment,
  parts: Pick<JobState, "token" | "folders" | "keeper">,
  given: { readonly runtimeToken: string; readonly programs: string | undefined },
): JobState {
  const { run, record, planned } = job;
  const { machine } = run;
  const { folders, token } = parts;
  const { runtimeToken, programs } = given;
  machine.caches.admit(runtimeToken, cacheAccessOf(run.identity.event, planned.cacheMode));
  const masker = createMasker([...Object.values(job.secrets), token, runtimeToken]);
  return {
    ...parts,
    record,
    masker,
    expressions: machine.expressions,
    library: machine.library,
    artifacts: run.artifacts,
    artifactsOf: machine.artifacts,
    cancellation: job.cancellation,
    apps: machine.github,
    contexts: contextsOf(job, parts),
    machineEnvironment: {
      LANG: process.env.LANG ?? "C.UTF-8",
      HOME: folders.home,
      CI: "true",
      GITHUB_ACTIONS: "true",
      ...machine.environment,
      ...(programs !== undefined && { PATH: programs }),
    },
    runtimeEnvironment: {
      // Valid only for the cache; nothing else is served there.
      ACTIONS_RUNTIME_TOKEN: runtimeToken,
      ACTIONS_RUNTIME_URL: `${machine.github.url}/_actions/`,
      ACTIONS_RESULTS_URL: machine.caches.url,
      ...(planned.cacheMode && { ACTIONS_CACHE_MODE: planned.cacheMode }),
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
