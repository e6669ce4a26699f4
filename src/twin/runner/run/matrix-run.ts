import { runJob } from "../job/job.ts";
import { isTruthy, type Scope } from "../workflow/expressions.ts";
import { messageOf } from "../workflow/failures.ts";
import { callInputs } from "../workflow/inputs.ts";
import { expandMatrix, type MatrixCell, matrixSuffix } from "../workflow/matrix.ts";
import type { PlannedJob, PlannedWorkflow } from "../workflow/plan.ts";
import { at, isExpression, mappingAt, type Template } from "../workflow/template.ts";
import { type Cancellation, deriveCancellation, signalOf } from "./cancellation.ts";
import { frameContexts, type RunWorkflow, type WorkflowFrame } from "./frame.ts";
import { holdGroup } from "./group-hold.ts";
import { closedJob, openJob } from "./job-record.ts";
import { combinedResult, type JobResult, nothingFrom, runFacts } from "./run-state.ts";
import { createSlots } from "./slots.ts";

export interface ReadyJob {
  readonly frame: WorkflowFrame;
  readonly planned: PlannedJob;
  /** github, inputs, vars and needs. */
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly cancellation: Cancellation;
  readonly runWorkflow: RunWorkflow;
}

interface Cell {
  readonly job: ReadyJob;
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly cancellation: Cancellation;
  readonly held: readonly string[];
}

/** Runs a job once for every cell of its matrix, or once. */
export async function runCells(job: ReadyJob): Promise<JobResult> {
  const { strategy } = job.planned.job;
  const { expressions } = job.frame.run.machine;
  const scope: Scope = { contexts: job.contexts };
  const read = (key: string): unknown => expressions.value(at(strategy, key) ?? null, scope);
  const cells = expandMatrix(read("matrix"));
  const failFast = read("fail-fast") !== false;
  const parallel = createSlots(Number(read("max-parallel") ?? cells.length) || cells.length);
  const outputs: Record<string, string> = {};
  const results = await Promise.all(
    cells.map(async (matrix, index) => {
      const free = await parallel.take(signalOf(job.cancellation));
      const position = {
        "fail-fast": failFast,
        "job-index": index,
        "job-total": cells.length,
        "max-parallel": cells.length,
      };
      const result = await runCell(job, matrix, position);
      free?.();
      for (const [name, value] of Object.entries(result.outputs)) {
        outputs[name] = value === "" ? (outputs[name] ?? "") : value;
      }
      if (result.result === "failure" && failFast && cells.length > 1) {
        job.cancellation.request(
          `The strategy configuration was canceled because "${job.planned.job.id}${matrixSuffix(matrix)}" failed`,
        );
      }
      return result.result;
    }),
  );
  return { result: combinedResult(results), outputs };
}

async function runCell(
  job: ReadyJob,
  matrix: MatrixCell,
  strategy: Readonly<Record<string, unknown>>,
): Promise<JobResult> {
  const { frame, planned } = job;
  const contexts = { ...job.contexts, matrix, strategy };
  const name = nameOf(job, matrix, { contexts });
  const { cancellation, unlink } = deriveCancellation(job.cancellation);
  const owner = {
    run: frame.run,
    cancellation,
    held: frame.held,
    name: [...frame.path, planned.job.id].join("/"),
  };
  const hold = await holdGroup(planned.job.concurrency, { contexts }, owner);
  try {
    if (!hold.granted) {
      closedJob({ frame, planned, name }, "cancelled", cancellation.reason);
      return nothingFrom("cancelled");
    }
    const cell: Cell = { job, contexts, name, cancellation, held: hold.held };
    return await (planned.called === undefined
      ? runOwnJob(cell)
      : callWorkflow(cell, planned.called));
  } finally {
    hold.release();
    unlink();
  }
}

/** A job's own name, or its id, with the values of its cell unless the name shows what it wants to show. */
function nameOf(job: ReadyJob, matrix: MatrixCell, scope: Scope): string {
  const { name, id } = job.planned.job;
  const text = name === undefined ? id : job.frame.run.machine.expressions.text(name, scope);
  return isExpression(name) ? text : `${text}${matrixSuffix(matrix)}`;
}

async function runOwnJob(cell: Cell): Promise<JobResult> {
  const { frame, planned } = cell.job;
  const { machine } = frame.run;
  const scope: Scope = { contexts: cell.contexts };
  const runsOn = runsOnText(machine.expressions.value(planned.job.runsOn, scope));
  const record = openJob({ frame, planned, name: cell.name, runsOn });
  const release = await machine.slots.take(signalOf(cell.cancellation));
  const facts = { ...runFacts(frame.run), jobId: record.id, job: record.name };
  if (release === undefined) {
    record.conclusion = "cancelled";
    return nothingFrom("cancelled");
  }
  machine.progress({ kind: "job-started", ...facts });
  try {
    await runJob({
      run: frame.run,
      planned,
      workflow: frame.planned.workflow,
      record,
      contexts: cell.contexts,
      secrets: frame.secrets,
      cancellation: cell.cancellation,
    });
  } catch (error) {
    record.conclusion = "failure";
    record.annotations.push({ level: "error", message: messageOf(error), step: "Set up job" });
  } finally {
    release();
  }
  const conclusion = record.conclusion ?? "failure";
  machine.progress({ kind: "job-finished", ...facts, conclusion, durationMs: record.durationMs });
  const tolerated = conclusion === "failure" && isTolerated(planned.job.continueOnError, cell);
  return { result: tolerated ? "success" : conclusion, outputs: record.outputs };
}

function isTolerated(template: Template | undefined, cell: Cell): boolean {
  const { expressions } = cell.job.frame.run.machine;
  return (
    template !== undefined && isTruthy(expressions.value(template, { contexts: cell.contexts }))
  );
}

function runsOnText(value: unknown): string {
  if (Array.isArray(value)) {
    return value.join(", ");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function callWorkflow(cell: Cell, called: PlannedWorkflow): Promise<JobResult> {
  const { frame, planned } = cell.job;
  const { run } = frame;
  const { expressions } = run.machine;
  const base = { github: run.github, vars: run.variables };
  const inputs = callInputs({ job: planned.job, callee: called.workflow }, expressions, {
    caller: { contexts: cell.contexts },
    callee: { contexts: base },
  });
  const callee: WorkflowFrame = {
    run,
    planned: called,
    inputs,
    secrets: secretsFor(cell),
    cancellation: cell.cancellation,
    held: cell.held,
    names: [...frame.names, cell.name],
    path: [...frame.path, planned.job.id],
  };
  const results = await cell.job.runWorkflow(callee);
  if (results === undefined) {
    closedJob({ frame, planned, name: cell.name }, "cancelled", cell.cancellation.reason);
    return nothingFrom("cancelled");
  }
  const declared = mappingAt(called.workflow.triggers.get("workflow_call"), "outputs");
  const scope: Scope = {
    contexts: { ...frameContexts(callee), jobs: Object.fromEntries(results) },
  };
  const outputs = Object.fromEntries(
    [...declared].map(([name, output]) => [
      name,
      expressions.text(at(output, "value") ?? "", scope),
    ]),
  );
  return { result: combinedResult([...results.values()].map((job) => job.result)), outputs };
}

function secretsFor(cell: Cell): Readonly<Record<string, string>> {
  const { frame, planned } = cell.job;
  const { secrets } = planned.job;
  if (secrets === "inherit") {
    return frame.secrets;
  }
  const scope: Scope = { contexts: { ...cell.contexts, secrets: frame.secrets } };
  return Object.fromEntries(
    [...secrets].map(([name, template]) => [
      name,
      frame.run.machine.expressions.text(template, scope),
    ]),
  );
}
