import { useOf } from "../actions/action-use.ts";
import { findBuiltIn } from "../actions/built-in/built-in.ts";
import type { StepRecord } from "../run/records.ts";
import type { Template } from "../workflow/template.ts";
import type { StepDefinition } from "../workflow/workflow-model.ts";
import { type ActionUse, type JobState, type StepScope, writeLog } from "./job-state.ts";
import { type NodeCall, runNodeAction } from "./node-step.ts";
import { createStepConsole } from "./step-console.ts";
import { endingOf, isMet, recordStep, settle } from "./step-ending.ts";
import { evaluateTexts, type StepRun } from "./step-run.ts";

/**
 * Runs `pre` of every JavaScript action of a job before its first step. A missing action is left to its own step, which
 * then fails with the reason.
 */
export async function runPreSteps(
  steps: readonly StepDefinition[],
  scope: StepScope,
): Promise<void> {
  for (const step of steps) {
    const use = await usableBefore(step, scope);
    if (use?.action.action.kind === "node24" && use.action.action.pre !== undefined) {
      const { action } = use.action;
      const call: NodeCall = { resolved: use.action, action, with: step.with, stage: "pre" };
      const name = `Pre ${use.action.uses}`;
      await runPhase({ name, condition: action.preIf, call, step, scope, state: use.state });
    }
  }
}

async function usableBefore(
  step: StepDefinition,
  scope: StepScope,
): Promise<ActionUse | undefined> {
  const { uses } = step;
  if (uses === undefined || uses.startsWith("./") || findBuiltIn(uses) !== undefined) {
    return undefined;
  }
  return useOf(step, uses, scope).catch(() => undefined);
}

/** Registers `post` of an action whose main has begun; it runs after all steps of the job. */
export function registerPostStep(
  run: StepRun,
  step: StepDefinition,
  call: Omit<NodeCall, "stage">,
): void {
  const { scope, state } = run;
  const name = `Post ${run.name}`;
  const condition = call.action.postIf;
  scope.job.posts.push({
    run: () => runPhase({ name, condition, call: { ...call, stage: "post" }, step, scope, state }),
  });
}

/** Runs the registered ones, last one first. */
export async function runPostSteps(job: JobState): Promise<void> {
  for (const post of job.posts.reverse()) {
    await post.run();
  }
}

interface Phase {
  readonly name: string;
  readonly condition: Template | undefined;
  readonly call: NodeCall;
  readonly step: StepDefinition;
  readonly scope: StepScope;
  readonly state: Map<string, string>;
}

async function runPhase(phase: Phase): Promise<void> {
  const { scope, name, call, state } = phase;
  const { job } = scope;
  const started = performance.now();
  // Whether they run depends on the job as a whole, even for actions inside a composite one.
  const jobScope: StepScope = { ...scope, composite: undefined };
  const outputs = new Map<string, string>();
  const console = createStepConsole({ job, step: name, outputs, state });
  const stop = new AbortController();
  const unlisten = job.cancellation.listen((_reason, forced) => {
    if (forced || call.stage === "pre") {
      stop.abort();
    }
  });
  const ending = await endingOf(console, async () => {
    const condition = phase.condition ?? "always()";
    if (stop.signal.aborted || !isMet(condition, jobScope)) {
      return { outcome: "skipped", conclusion: "skipped" };
    }
    writeLog(job, `##[group]${name}`);
    const env = evaluateTexts(phase.step.env, scope);
    const id = phase.step.id ?? "__action";
    const run = { scope, id, name, env, outputs, state, console, signal: stop.signal };
    const outcome = (await runNodeAction(run, call)) ? "success" : "failure";
    writeLog(job, "##[endgroup]");
    return { outcome, conclusion: outcome };
  });
  unlisten();
  settle(jobScope, ending.conclusion);
  const durationMs = Math.round(performance.now() - started);
  const finished: StepRecord = { name, phase: call.stage, ...ending, durationMs };
  recordStep(scope, finished);
}
