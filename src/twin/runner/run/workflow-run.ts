import { messageOf } from "../../../domain/text/message-of.ts";
import type { Scope, StatusView } from "../workflow/expression-functions.ts";
import type { PlannedJob } from "../workflow/plan-limits.ts";
import { type Cancellation, deriveCancellation } from "./cancellation.ts";
import { frameContexts, type JobResults, type WorkflowFrame } from "./frame.ts";
import { holdGroup } from "./group-hold.ts";
import { closedJob } from "./job-record.ts";
import { runCells } from "./matrix-run.ts";
import { type JobResult, nothingFrom, shownOf } from "./run-state.ts";

/** Runs all jobs of a workflow, each as soon as those it needs have ended; undefined if it never got its group. */
export async function runWorkflow(frame: WorkflowFrame): Promise<JobResults | undefined> {
  const { workflow, jobs } = frame.planned;
  const hold = await holdGroup(
    workflow.concurrency,
    { contexts: frameContexts(frame) },
    {
      run: frame.run,
      cancellation: frame.cancellation,
      held: frame.held,
      name: frame.path.join("/") || workflow.name,
    },
  );
  try {
    if (!hold.granted) {
      return undefined;
    }
    frame.run.record.status = "in_progress";
    const inner: WorkflowFrame = { ...frame, held: hold.held };
    const pending = new Map<string, Promise<JobResult>>();
    for (const planned of jobs) {
      pending.set(planned.job.id, runWhenReady(planned, inner, pending));
    }
    const results = new Map<string, JobResult>();
    for (const [id, result] of pending) {
      results.set(id, await result);
    }
    return results;
  } finally {
    hold.release();
  }
}

async function runWhenReady(
  planned: PlannedJob,
  frame: WorkflowFrame,
  pending: ReadonlyMap<string, Promise<JobResult>>,
): Promise<JobResult> {
  const results = new Map<string, JobResult>();
  for (const id of planned.ancestors) {
    results.set(id, (await pending.get(id)) ?? nothingFrom("skipped"));
  }
  const needs = Object.fromEntries(
    planned.job.needs.map((id) => [id, shownOf(results.get(id) ?? nothingFrom("skipped"))]),
  );
  const contexts = { ...frameContexts(frame), needs };
  const before = [...results.values(), ...frame.before];
  const seen = frame.run.machine.skips === "strict" ? before : [...results.values()];
  const isMet = () =>
    !frame.cancellation.forced &&
    frame.run.machine.expressions.condition(planned.job.condition, {
      contexts,
      status: statusOf(seen, frame.cancellation),
    } satisfies Scope);
  try {
    if (!isMet()) {
      const result = frame.cancellation.reason === undefined ? "skipped" : "cancelled";
      closedJob({ frame, planned }, result);
      return nothingFrom(result);
    }
    const { cancellation, unlink } = deriveCancellation(frame.cancellation, isMet);
    try {
      return await runCells({ frame, planned, before, contexts, cancellation, runWorkflow });
    } finally {
      unlink();
    }
  } catch (error) {
    // An `if`, a matrix or a name that cannot be evaluated: the job fails before its first step.
    closedJob({ frame, planned }, "failure", messageOf(error));
    return nothingFrom("failure");
  }
}

function statusOf(results: readonly JobResult[], cancellation: Cancellation): StatusView {
  const cancelled = cancellation.reason !== undefined;
  return {
    success: !cancelled && results.every((job) => job.result === "success"),
    failure: !cancelled && results.some((job) => job.result === "failure"),
    cancelled,
  };
}
