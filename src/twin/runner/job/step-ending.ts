import { messageOf } from "../../../domain/text/message-of.ts";
import type { Conclusion, StepRecord } from "../run/records.ts";
import type { Template } from "../workflow/template.ts";
import type { StepScope } from "./job-state.ts";
import type { StepConsole } from "./step-console.ts";
import { stepScope } from "./step-run.ts";

/** How a step ended: before and after continue-on-error. */
export interface Ending {
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
}

/** An error anywhere in a step becomes a sentence in its log, and a failure. */
export async function endingOf(console: StepConsole, body: () => Promise<Ending>): Promise<Ending> {
  try {
    return await body();
  } catch (error) {
    console.error(messageOf(error));
    return { outcome: "failure", conclusion: "failure" };
  }
}

export function isMet(condition: Template | undefined, scope: StepScope): boolean {
  return scope.job.expressions.condition(condition, stepScope(scope, { inIf: true }));
}

/** A failed or cancelled step counts for all later ones in its scope. */
export function settle(scope: StepScope, conclusion: Conclusion): void {
  if (scope.composite === undefined) {
    scope.job.status = conclusion === "failure" ? "failure" : scope.job.status;
  } else if (conclusion === "failure" || conclusion === "cancelled") {
    scope.composite.status = conclusion;
  }
}

export function recordStep(scope: StepScope, step: StepRecord): void {
  scope.job.record.steps.push(step);
  scope.job.stepFinished(step);
}
