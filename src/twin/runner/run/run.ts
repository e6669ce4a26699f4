import { join } from "node:path";
import type { TwinEvent } from "../../github/twin-github.ts";
import { createArtifacts } from "../actions/artifacts.ts";
import { messageOf, StartupFailure } from "../workflow/failures.ts";
import { dispatchInputs, type InputValues } from "../workflow/inputs.ts";
import { type PlannedWorkflow, planRun } from "../workflow/plan.ts";
import type { WorkflowFile } from "../workflow/workflow-model.ts";
import { type Cancellation, createCancellation } from "./cancellation.ts";
import { githubContext, type RunIdentity } from "./github-context.ts";
import type { OpenRun, RunConclusion } from "./records.ts";
import { combinedResult, type Machine, type RunState } from "./run-state.ts";
import { runWorkflow } from "./workflow-run.ts";

/** A run that was made for an event, with the way to stop it. */
export interface Run {
  readonly record: OpenRun;
  readonly cancellation: Cancellation;
  /** Runs it to its end; never throws. */
  start(): Promise<void>;
}

export interface RunRequest {
  readonly machine: Machine;
  readonly event: TwinEvent;
  readonly runId: number;
  readonly runNumber: number;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

/** A run of a workflow that could be read. */
export function createRun(request: RunRequest, workflow: WorkflowFile): Run {
  const record = newRecord(request, { name: workflow.name, path: workflow.path });
  const cancellation = createCancellation();
  return {
    record,
    cancellation,
    start: () =>
      conclude(request, record, async () => {
        const inputs = inputsOf(workflow, request.event);
        const planned = await planRun(workflow, request.machine.library);
        const run = runState(request, record, { workflow, cancellation, inputs });
        return execute({ run, planned, inputs, secrets: request.secrets });
      }),
  };
}

/** A run that ends as it begins: for an invalid file, or one that waits for a person's approval. */
export function createClosedRun(
  request: RunRequest,
  file: { readonly name: string; readonly path: string },
  ending: { readonly conclusion: RunConclusion; readonly error?: string },
): Run {
  const record = newRecord(request, file);
  return {
    record,
    cancellation: createCancellation(),
    start: () =>
      conclude(request, record, async () => {
        if (ending.error !== undefined) {
          record.error = ending.error;
        }
        return ending.conclusion;
      }),
  };
}

function newRecord(
  request: RunRequest,
  file: { readonly name: string; readonly path: string },
): OpenRun {
  const { event, machine } = request;
  return {
    id: request.runId,
    attempt: 1,
    repository: event.repository,
    workflow: file.name,
    title: file.name,
    file: file.path,
    event: event.name,
    ref: event.ref,
    sha: event.sha,
    actor: event.actor.login,
    status: "queued",
    conclusion: null,
    startedAt: machine.now().toISOString(),
    durationMs: 0,
    jobs: [],
  };
}

async function conclude(
  request: RunRequest,
  record: OpenRun,
  body: () => Promise<RunConclusion>,
): Promise<void> {
  const { machine } = request;
  const started = performance.now();
  const { id: runId, repository, workflow } = record;
  const facts = { runId, repository, workflow };
  machine.progress({ kind: "run-started", ...facts, event: record.event });
  let conclusion: RunConclusion;
  try {
    conclusion = await body();
  } catch (error) {
    record.error = messageOf(error);
    conclusion = error instanceof StartupFailure ? "startup_failure" : "failure";
  }
  record.durationMs = Math.round(performance.now() - started);
  record.conclusion = conclusion;
  record.status = "completed";
  const { durationMs, error } = record;
  const why = error === undefined ? {} : { error };
  machine.progress({ kind: "run-finished", ...facts, conclusion, durationMs, ...why });
}

function inputsOf(workflow: WorkflowFile, event: TwinEvent): InputValues {
  return event.name === "workflow_dispatch" ? dispatchInputs(workflow, event.inputs ?? {}) : {};
}

function runState(
  request: RunRequest,
  record: OpenRun,
  parts: {
    readonly workflow: WorkflowFile;
    readonly cancellation: Cancellation;
    readonly inputs: InputValues;
  },
): RunState {
  const { machine, runId, runNumber } = request;
  const identity: RunIdentity = {
    event: withInputs(request.event, parts.inputs),
    workflow: parts.workflow,
    runId,
    attempt: record.attempt,
    runNumber,
    serverUrl: machine.github.url,
  };
  return {
    machine,
    record,
    identity,
    github: githubContext(identity),
    variables: request.variables,
    artifacts: createArtifacts(join(machine.directory, "artifacts", String(runId)), runId * 1_000),
    cancellation: parts.cancellation,
  };
}

/** `github.event.inputs` holds texts, with the defaults filled in. */
function withInputs(event: TwinEvent, inputs: InputValues): TwinEvent {
  if (event.name !== "workflow_dispatch") {
    return event;
  }
  const texts = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, String(value)]),
  );
  return { ...event, payload: { ...event.payload, inputs: texts } };
}

async function execute(parts: {
  readonly run: RunState;
  readonly planned: PlannedWorkflow;
  readonly inputs: InputValues;
  readonly secrets: Readonly<Record<string, string>>;
}): Promise<RunConclusion> {
  const { run, planned, inputs } = parts;
  const { runName, name } = planned.workflow;
  const contexts = { github: run.github, inputs, vars: run.variables };
  run.record.title =
    runName === undefined ? name : run.machine.expressions.text(runName, { contexts });
  run.record.status = "pending";
  const results = await runWorkflow({
    run,
    planned,
    inputs,
    secrets: parts.secrets,
    cancellation: run.cancellation,
    held: [],
    names: [],
    path: [],
  });
  const { reason } = run.cancellation;
  if (reason !== undefined) {
    run.record.error = reason;
  }
  const all = [...(results ?? new Map()).values()].map((job) => job.result);
  const cancelled = results === undefined || (reason !== undefined && all.includes("cancelled"));
  return cancelled ? "cancelled" : combinedResult(all);
}
