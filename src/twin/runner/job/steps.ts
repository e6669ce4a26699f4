import { messageOf } from "../../../domain/text/message-of.ts";
import type { Conclusion } from "../run/records.ts";
import { StepFailure } from "../workflow/failures.ts";
import { literal, type Template } from "../workflow/template.ts";
import type { StepDefinition } from "../workflow/workflow-model.ts";
import { type StepScope, statusOf, writeLog } from "./job-state.ts";
import { runBody } from "./step-body.ts";
import { createStepConsole } from "./step-console.ts";
import { endingOf, isMet, recordStep, settle } from "./step-ending.ts";
import { evaluateTexts, type StepRun, stepScope } from "./step-run.ts";

/** Runs the steps of a job or a composite action one after another, each if its `if` holds. */
export async function runSteps(steps: readonly StepDefinition[], scope: StepScope): Promise<void> {
  for (const [index, step] of steps.entries()) {
    await runStep(step, scope, `${scope.idPrefix}${step.id ?? `__run_${index + 1}`}`);
  }
}

async function runStep(step: StepDefinition, scope: StepScope, id: string): Promise<void> {
  const { job } = scope;
  const started = performance.now();
  const outputs = new Map<string, string>();
  const name = nameOf(step, scope);
  const state = job.uses.get(step)?.state ?? new Map<string, string>();
  const console = createStepConsole({ job, step: name, outputs, state });
  const ending = await endingOf(console, async () => {
    if (job.cancellation.forced || !isMet(step.condition, scope)) {
      return { outcome: "skipped", conclusion: "skipped" };
    }
    writeLog(job, `##[group]${name}`);
    const outcome = await execute(step, scope, { id, name, outputs, state, console });
    writeLog(job, "##[endgroup]");
    return { outcome, conclusion: conclusionOf(step, scope, outcome) };
  });
  if (step.id !== undefined) {
    scope.steps[step.id] = { outputs: Object.fromEntries(outputs), ...ending };
  }
  settle(scope, ending.conclusion);
  if (scope.composite === undefined) {
    const durationMs = Math.round(performance.now() - started);
    recordStep(scope, { name, phase: "main", ...ending, durationMs });
  }
}

async function execute(
  step: StepDefinition,
  scope: StepScope,
  parts: Pick<StepRun, "id" | "name" | "outputs" | "state" | "console">,
): Promise<Conclusion> {
  const stop = new AbortController();
  const limit = minutesOf(step.timeoutMinutes, scope);
  let timedOut = false;
  const timer =
    limit === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          stop.abort();
        }, limit * scope.job.minute);
  const unlisten = stopOnCancel(step, scope, stop);
  const signal =
    scope.signal === undefined ? stop.signal : AbortSignal.any([scope.signal, stop.signal]);
  try {
    const env = evaluateTexts(step.env, scope);
    const succeeded = await runBody(step, { ...parts, scope, env, signal }, runSteps);
    if (timedOut) {
      throw new StepFailure(`The action '${parts.name}' has timed out after ${limit} minutes.`);
    }
    if (signal.aborted) {
      parts.console.error("The operation was canceled.");
      return "cancelled";
    }
    return succeeded ? "success" : "failure";
  } catch (error) {
    parts.console.error(messageOf(error));
    return signal.aborted && !timedOut ? "cancelled" : "failure";
  } finally {
    clearTimeout(timer);
    unlisten();
  }
}

/** A running step continues after a cancellation only if its `if` still holds, for example always(). */
function stopOnCancel(step: StepDefinition, scope: StepScope, stop: AbortController): () => void {
  if (scope.composite !== undefined) {
    return () => undefined;
  }
  const alreadyCancelled = statusOf(scope).cancelled;
  return scope.job.cancellation.listen((_reason, forced) => {
    if (forced || (!alreadyCancelled && !isMet(step.condition, scope))) {
      stop.abort();
    }
  });
}

function conclusionOf(step: StepDefinition, scope: StepScope, outcome: Conclusion): Conclusion {
  if (outcome !== "failure" || step.continueOnError === undefined) {
    return outcome;
  }
  const value = scope.job.expressions.value(step.continueOnError, stepScope(scope));
  return value === true ? "success" : "failure";
}

function minutesOf(template: Template | undefined, scope: StepScope): number | undefined {
  const minutes =
    template === undefined ? 0 : Number(scope.job.expressions.value(template, stepScope(scope)));
  return minutes > 0 ? minutes : undefined;
}

/** Name as GitHub shows it: `name`, or the command of the step. One that cannot be evaluated yet is shown as written. */
function nameOf(step: StepDefinition, scope: StepScope): string {
  const source = step.name ?? step.uses ?? step.run ?? "";
  let text = literal(source) ?? "step";
  try {
    text = scope.job.expressions.text(source, stepScope(scope));
  } catch {
    // Evaluated again when the step runs, which then reports the error.
  }
  const [first = ""] = scope.job.masker.mask(text).trim().split("\n");
  return step.name === undefined ? `Run ${first}` : first;
}
