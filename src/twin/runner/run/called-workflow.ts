import type { Scope } from "../workflow/expression-functions.ts";
import { callInputs } from "../workflow/inputs.ts";
import type { PlannedWorkflow } from "../workflow/plan-limits.ts";
import { at, mappingAt } from "../workflow/template.ts";
import type { Cell } from "./cell.ts";
import { frameContexts, type WorkflowFrame } from "./frame.ts";
import { closedJob } from "./job-record.ts";
import { combinedResult, type JobResult, nothingFrom, shownOf } from "./run-state.ts";

/** Plays the workflow that a job calls, and passes its outputs to the job. */
export async function callWorkflow(cell: Cell, called: PlannedWorkflow): Promise<JobResult> {
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
    before: cell.job.before,
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
    contexts: {
      ...frameContexts(callee),
      jobs: Object.fromEntries([...results].map(([id, job]) => [id, shownOf(job)])),
    },
  };
  const outputs = Object.fromEntries(
    [...declared].map(([name, output]) => [
      name,
      expressions.text(at(output, "value") ?? "", scope),
    ]),
  );
  const jobs = [...results.values()];
  const isNew = jobs.some((job) => job.isNew);
  return { result: combinedResult(jobs.map((job) => job.result)), outputs, isNew };
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
