import type { CompositeAction, NodeAction } from "../actions/action-file.ts";
import { useOf } from "../actions/action-use.ts";
import type { ResolvedAction } from "../actions/actions.ts";
import { findBuiltIn, runBuiltIn } from "../actions/built-in/built-in.ts";
import { StepFailure } from "../workflow/failures.ts";
import type { StepDefinition } from "../workflow/workflow-model.ts";
import type { CompositeScope, StepScope } from "./job-state.ts";
import { actionInputs, runNodeAction } from "./node-step.ts";
import { registerPostStep } from "./pre-post-steps.ts";
import { runScript } from "./script-step.ts";
import { evaluateTexts, type StepRun, stepScope } from "./step-run.ts";

/** Runs a list of steps; passed in, because a composite action is a list of steps again. */
export type RunSteps = (steps: readonly StepDefinition[], scope: StepScope) => Promise<void>;

/** Deepest nesting of composite actions, as on GitHub. */
const DEEPEST_COMPOSITE = 10;

/**
 * Body of a step: a script, a built-in, a JavaScript action or a composite one. Returns whether it succeeded. @throws
 * {StepFailure} with a sentence for unsupported features.
 */
export async function runBody(
  step: StepDefinition,
  run: StepRun,
  runSteps: RunSteps,
): Promise<boolean> {
  if (step.uses === undefined) {
    return runScript(run, step);
  }
  const builtIn = findBuiltIn(step.uses);
  if (builtIn !== undefined) {
    return runBuiltIn(builtIn, run, evaluateTexts(step.with, run.scope, run.env));
  }
  const { action: resolved } = await useOf(step, step.uses, run.scope, run.state);
  const { action } = resolved;
  return action.kind === "node24"
    ? runNode(step, run, resolved, action)
    : runComposite(step, run, { resolved, action, runSteps });
}

async function runNode(
  step: StepDefinition,
  run: StepRun,
  resolved: ResolvedAction,
  action: NodeAction,
): Promise<boolean> {
  const call = { resolved, action, with: step.with };
  if (action.pre !== undefined && run.scope.composite !== undefined) {
    throw new StepFailure(
      `'${step.uses}' has a 'pre' and stands inside a composite action: the twin runs 'pre' only for steps of a job.`,
    );
  }
  if (action.pre !== undefined && resolved.reference === undefined) {
    run.console.warning(`'pre' execution is not supported for local action from '${step.uses}'`);
  }
  if (action.post !== undefined) {
    registerPostStep(run, step, call);
  }
  return runNodeAction(run, { ...call, stage: "main" });
}

async function runComposite(
  step: StepDefinition,
  run: StepRun,
  call: {
    readonly resolved: ResolvedAction;
    readonly action: CompositeAction;
    readonly runSteps: RunSteps;
  },
): Promise<boolean> {
  const { job } = run.scope;
  const depth = run.scope.idPrefix.split("/").length;
  if (depth > DEEPEST_COMPOSITE) {
    throw new StepFailure(
      `composite actions are nested more than ${DEEPEST_COMPOSITE} levels deep. Does '${step.uses}' use itself?`,
    );
  }
  const composite: CompositeScope = {
    inputs: actionInputs(run, call.resolved, step.with),
    env: { ...run.scope.composite?.env, ...run.env },
    action: call.resolved,
    status: "success",
  };
  const scope: StepScope = {
    job,
    source: call.resolved.source,
    composite,
    steps: {},
    signal: run.signal,
    idPrefix: `${run.id}/`,
  };
  await call.runSteps(call.action.steps, scope);
  for (const [name, template] of call.action.outputs) {
    run.outputs.set(name, job.expressions.text(template, stepScope(scope)));
  }
  return composite.status === "success";
}
