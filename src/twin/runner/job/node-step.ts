import { existsSync } from "node:fs";
import { join } from "node:path";
import type { NodeAction } from "../actions/action-file.ts";
import type { ResolvedAction } from "../actions/actions.ts";
import { StepFailure } from "../workflow/failures.ts";
import type { Template, TemplateMapping } from "../workflow/template.ts";
import { inputEnvironment, stateEnvironment } from "./environment.ts";
import { evaluateTexts, runStepProcess, type StepRun, stepScope } from "./step-run.ts";

type Stage = "pre" | "main" | "post";

export interface NodeCall {
  readonly resolved: ResolvedAction;
  readonly action: NodeAction;
  readonly with: TemplateMapping;
  readonly stage: Stage;
}

/** Runs one stage of a node24 action with the workspace as its folder. */
export async function runNodeAction(run: StepRun, call: NodeCall): Promise<boolean> {
  const { job } = run.scope;
  const entry = call.action[call.stage];
  const file = join(call.resolved.directory, entry ?? "");
  if (entry === undefined || !existsSync(file)) {
    throw new StepFailure(
      `'${call.resolved.uses}' has no file '${entry}' at its commit. Was its bundle committed?`,
    );
  }
  const inputs = actionInputs(run, call.resolved, call.with);
  const { reference } = call.resolved;
  return runStepProcess(run, {
    command: job.node,
    args: [file],
    cwd: job.folders.workspace,
    extra: {
      ...job.runtimeEnvironment,
      ...inputEnvironment(inputs),
      ...stateEnvironment(run.state),
    },
    github: {
      action_repository: reference?.source.repository ?? "",
      action_ref: reference?.source.ref ?? "",
    },
  });
}

/** Inputs of `with`, and the action's defaults for the rest. */
export function actionInputs(
  run: StepRun,
  resolved: ResolvedAction,
  given: TemplateMapping,
): Record<string, string> {
  const { inputs } = resolved.action;
  const names = new Map([...inputs.keys()].map((name) => [name.toLowerCase(), name]));
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(evaluateTexts(given, run.scope, run.env))) {
    values[names.get(name.toLowerCase()) ?? name] = value;
  }
  const unknown = Object.keys(values).filter((name) => !inputs.has(name));
  if (unknown.length > 0) {
    run.console.warning(
      `Unexpected input(s) '${unknown.join("', '")}', valid inputs are ['${[...inputs.keys()].join("', '")}']`,
    );
  }
  for (const [name, template] of inputs) {
    values[name] ??= defaultText(run, template);
  }
  return values;
}

function defaultText(run: StepRun, template: Template | undefined): string {
  return template === undefined
    ? ""
    : run.scope.job.expressions.text(template, stepScope(run.scope, { env: run.env }));
}
