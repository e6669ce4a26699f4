import { join } from "node:path";
import type { TwinEvent } from "../../github/twin-github.ts";
import { createArtifacts } from "../actions/artifacts.ts";
import type { InputValues } from "../workflow/inputs.ts";
import { planRun } from "../workflow/plan.ts";
import type { PlannedWorkflow } from "../workflow/plan-limits.ts";
import type { WorkflowFile } from "../workflow/workflow-model.ts";
import { type Cancellation, createCancellation } from "./cancellation.ts";
import { githubContext, type RunIdentity } from "./github-context.ts";
import type { OpenRun, RunConclusion } from "./records.ts";
import { conclude, inputsOf, newRecord } from "./run-record.ts";
import type { PastJob, Run, RunRequest } from "./run-request.ts";
import { type Attempts, combinedResult, type RunState } from "./run-state.ts";
import { runWorkflow } from "./workflow-run.ts";

/** A run of a valid workflow. */
export function createRun(request: RunRequest, workflow: WorkflowFile): Run {
  const record = newRecord(request, { name: workflow.name, path: workflow.path });
  const past: PastJob[] = [];
  let waits = request.event.startsRuns === "waits-for-approval";
  let cancellation = createCancellation();
  let attempts: Attempts = { before: new Map(), now: new Map() };
  const start = () =>
    conclude(request, record, async () => {
      if (waits) {
        record.error = "The run waits for the approval of a person with write access.";
        return "action_required";
      }
      const inputs = inputsOf(workflow, request.event);
      const planned = await planRun(workflow, request.machine.library);
      const run = runState(request, record, { workflow, cancellation, inputs, attempts });
      return execute({ run, planned, inputs, secrets: request.secrets });
    });
  return {
    record,
    event: request.event,
    get cancellation() {
      return cancellation;
    },
    start,
    past,
    get approve() {
      if (!waits || record.status !== "completed") return undefined;
      return () => {
        waits = false;
        reset(record);
        return start();
      };
    },
    again: (which) => {
      past.push(...record.jobs.map((job) => ({ attempt: record.attempt, job })));
      attempts = { before: which === "failed" ? attempts.now : new Map(), now: new Map() };
      cancellation = createCancellation();
      request.machine.artifacts.get(record.id)?.beginAttempt();
      reopen(record);
      return start();
    },
  };
}

function reopen(record: OpenRun): void {
  record.attempt += 1;
  reset(record);
}

function reset(record: OpenRun): void {
  record.status = "queued";
  record.conclusion = null;
  record.jobs.splice(0);
  delete record.error;
}

function runState(
  request: RunRequest,
  record: OpenRun,
  parts: {
    readonly workflow: WorkflowFile;
    readonly cancellation: Cancellation;
    readonly inputs: InputValues;
    readonly attempts: Attempts;
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
  const folder = join(machine.directory, "artifacts", String(runId));
  const artifacts = machine.artifacts.get(runId) ?? createArtifacts(folder, runId * 1_000);
  machine.artifacts.set(runId, artifacts);
  return {
    machine,
    record,
    identity,
    github: githubContext(identity),
    variables: request.variables,
    artifacts,
    cancellation: parts.cancellation,
    attempts: parts.attempts,
  };
}

/** `github.event.inputs` has texts, with defaults. */
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
    before: [],
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
