import { messageOf } from "../../../domain/text/message-of.ts";
import type { TwinEvent } from "../../github/twin-github.ts";
import { StartupFailure } from "../workflow/failures.ts";
import { dispatchInputs, type InputValues } from "../workflow/inputs.ts";
import type { WorkflowFile } from "../workflow/workflow-model.ts";
import { createCancellation } from "./cancellation.ts";
import type { OpenRun, RunConclusion } from "./records.ts";
import type { Run, RunRequest } from "./run-request.ts";

/** A run that ends at once: for an invalid file, or because it waits for a person's approval. */
export function createClosedRun(
  request: RunRequest,
  file: { readonly name: string; readonly path: string },
  ending: { readonly conclusion: RunConclusion; readonly error?: string },
): Run {
  const record = newRecord(request, file);
  return {
    record,
    event: request.event,
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

/** Facts about a run before any of it has run. */
export function newRecord(
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

export async function conclude(
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

export function inputsOf(workflow: WorkflowFile, event: TwinEvent): InputValues {
  return event.name === "workflow_dispatch" ? dispatchInputs(workflow, event.inputs ?? {}) : {};
}
