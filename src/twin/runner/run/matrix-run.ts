import { messageOf } from "../../../domain/text/message-of.ts";
import { runJob } from "../job/job.ts";
import type { Scope } from "../workflow/expression-functions.ts";
import { isTruthy } from "../workflow/expressions.ts";
import { expandMatrix, type MatrixCell, matrixSuffix } from "../workflow/matrix.ts";
import { at, isExpression, type Template } from "../workflow/template.ts";
import { callWorkflow } from "./called-workflow.ts";
import { deriveCancellation, signalOf } from "./cancellation.ts";
import type { Cell, ReadyJob } from "./cell.ts";
import { holdGroup } from "./group-hold.ts";
import { closedJob, openJob } from "./job-record.ts";
import {
  combinedResult,
  type EndedJob,
  type JobResult,
  nothingFrom,
  type RunState,
  runFacts,
} from "./run-state.ts";
import { createSlots } from "./slots.ts";

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
      return result;
    }),
  );
  const isNew = results.some((result) => result.isNew);
  return { result: combinedResult(results.map(({ result }) => result)), outputs, isNew };
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
      ? keptOrRun(cell, matrix)
      : callWorkflow(cell, planned.called));
  } finally {
    hold.release();
    unlink();
  }
}

/** A job's own name, or its id, with the values of its cell unless the name contains expressions. */
function nameOf(job: ReadyJob, matrix: MatrixCell, scope: Scope): string {
  const { name, id } = job.planned.job;
  const text = name === undefined ? id : job.frame.run.machine.expressions.text(name, scope);
  return isExpression(name) ? text : `${text}${matrixSuffix(matrix)}`;
}

/** A job that succeeded in the previous attempt is not repeated, unless one that it waited for was. */
async function keptOrRun(cell: Cell, matrix: MatrixCell): Promise<JobResult> {
  const { frame, planned, before } = cell.job;
  const { attempts, record: run } = frame.run;
  const place = JSON.stringify([...frame.path, planned.job.id, cell.name, matrix ?? null]);
  const kept = before.some(({ isNew }) => isNew) ? undefined : attempts.before.get(place);
  if (kept !== undefined) {
    run.jobs.push(kept.record);
    attempts.now.set(place, kept);
    return kept.result;
  }
  const { result, record } = await runOwnJob(cell);
  if (result.result === "success") attempts.now.set(place, { result, record });
  return { ...result, isNew: run.attempt > 1 };
}

async function runOwnJob(cell: Cell): Promise<EndedJob> {
  const { frame, planned } = cell.job;
  const { machine } = frame.run;
  const scope: Scope = { contexts: cell.contexts };
  const runsOn = runsOnText(machine.expressions.value(planned.job.runsOn, scope));
  const record = openJob({ frame, planned, name: cell.name, runsOn });
  if (isAsking(frame.run, machine.losesJob)) {
    frame.run.cancellation.request("The job was not acquired by a runner of GitHub's.");
  }
  const isLost = isAsking(frame.run, machine.losesRunner);
  const release = await machine.slots.take(signalOf(cell.cancellation));
  const facts = { ...runFacts(frame.run), jobId: record.id, job: record.name };
  if (release === undefined) {
    record.conclusion = "cancelled";
    return { result: nothingFrom("cancelled"), record };
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
      isLost,
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
  const result = { result: tolerated ? "success" : conclusion, outputs: record.outputs } as const;
  return { result, record };
}

/** Whether the job that now asks for a runner has this number. In the first attempt only, because a job lost each time could never continue. */
function isAsking({ record }: RunState, number: number | undefined): boolean {
  const asking = record.jobs.filter(({ runsOn }) => runsOn !== "").length;
  return record.attempt === 1 && asking === number;
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
