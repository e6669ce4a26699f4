import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import type { Scope } from "../workflow/expression-functions.ts";
import { StepFailure } from "../workflow/failures.ts";
import type { TemplateMapping } from "../workflow/template.ts";
import {
  assertVariableAllowed,
  type CommandFilePaths,
  createCommandFiles,
  LARGEST_SUMMARY,
  parseKeyValues,
  takeCommandFile,
} from "./command-files.ts";
import { processEnvironment } from "./environment.ts";
import { type StepScope, statusOf } from "./job-state.ts";
import type { StepConsole } from "./step-console.ts";

/** One step in execution. */
export interface StepRun {
  readonly scope: StepScope;
  /** GITHUB_ACTION of the step. */
  readonly id: string;
  readonly name: string;
  /** `env` of the step, evaluated. */
  readonly env: Readonly<Record<string, string>>;
  readonly outputs: Map<string, string>;
  readonly state: Map<string, string>;
  readonly console: StepConsole;
  readonly signal: AbortSignal;
}

/** The scope of a step's expressions; `if` also gets the status functions. */
export function stepScope(
  scope: StepScope,
  options: { readonly env?: Readonly<Record<string, string>>; readonly inIf?: boolean } = {},
): Scope {
  const { job, composite } = scope;
  const { secrets, ...contexts } = job.contexts;
  return {
    contexts: {
      ...contexts,
      // Secrets are available neither in `if` nor inside actions.
      ...(options.inIf === true || composite !== undefined ? {} : { secrets }),
      ...(composite === undefined ? {} : { inputs: composite.inputs }),
      github: githubOf(scope),
      env: { ...job.env, ...composite?.env, ...options.env },
      steps: scope.steps,
      job: { ...objectAt(contexts, "job"), status: job.status },
    },
    status: options.inIf === true ? statusOf(scope) : undefined,
    workspace: job.folders.workspace,
  };
}

/** The `github` context at the scope. */
function githubOf(scope: StepScope): Readonly<Record<string, unknown>> {
  const base = objectAt(scope.job.contexts, "github");
  const action = scope.composite?.action;
  return action === undefined
    ? base
    : {
        ...base,
        action_path: action.directory,
        action_repository: action.reference?.source.repository ?? "",
        action_ref: action.reference?.source.ref ?? "",
      };
}

/** Texts of a mapping such as `env` or `with`. */
export function evaluateTexts(
  mapping: TemplateMapping,
  scope: StepScope,
  env?: Readonly<Record<string, string>>,
): Record<string, string> {
  const expressionScope = stepScope(scope, env === undefined ? {} : { env });
  return Object.fromEntries(
    [...mapping].map(([key, template]) => [
      key,
      scope.job.expressions.text(template, expressionScope),
    ]),
  );
}

export interface ProcessCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly extra?: Readonly<Record<string, string>>;
  readonly github?: Readonly<Record<string, unknown>>;
}

/**
 * Runs one process of a step with new command files and applies their content. Returns whether it succeeded. @throws
 * {StepFailure} for an unreadable command file.
 */
export async function runStepProcess(run: StepRun, call: ProcessCall): Promise<boolean> {
  const { job } = run.scope;
  const files = await createCommandFiles(job.folders.commands, randomUUID());
  const github = { ...githubOf(run.scope), ...call.github, action: run.id };
  const env = processEnvironment({
    scope: run.scope,
    env: run.env,
    github,
    files,
    extra: call.extra,
  });
  const result = await job.keeper.run({
    command: call.command,
    args: call.args,
    cwd: call.cwd,
    env,
    signal: run.signal,
    onLine: run.console.line,
  });
  await takeOver(run, files);
  if (result.error !== undefined) {
    throw new StepFailure(`${call.command} could not be started: ${result.error}`);
  }
  if (result.exitCode !== 0 && !run.signal.aborted) {
    run.console.error(`Process completed with exit code ${result.exitCode}.`);
  }
  return result.exitCode === 0 && !run.console.failed;
}

async function takeOver(run: StepRun, files: CommandFilePaths): Promise<void> {
  const { job } = run.scope;
  const env = await takeCommandFile(files.GITHUB_ENV);
  const path = await takeCommandFile(files.GITHUB_PATH);
  const output = await takeCommandFile(files.GITHUB_OUTPUT);
  const state = await takeCommandFile(files.GITHUB_STATE);
  takeSummary(run, await takeCommandFile(files.GITHUB_STEP_SUMMARY));
  for (const [name, value] of parseKeyValues(env, "env")) {
    assertVariableAllowed(name);
    job.env[name] = value;
  }
  job.path.unshift(
    ...path
      .split(/\r\n|\n|\r/)
      .filter((line) => line !== "")
      .reverse(),
  );
  for (const [name, value] of parseKeyValues(output, "output")) {
    run.outputs.set(name, value);
  }
  for (const [name, value] of parseKeyValues(state, "state")) {
    run.state.set(name, value);
  }
}

function takeSummary(run: StepRun, summary: string): void {
  const { job } = run.scope;
  if (Buffer.byteLength(summary) > LARGEST_SUMMARY) {
    run.console.warning(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${LARGEST_SUMMARY / 1024}k, got ${Math.ceil(Buffer.byteLength(summary) / 1024)}k.`,
    );
    return;
  }
  if (summary !== "") {
    const separator = job.record.summary === "" ? "" : "\n";
    job.record.summary += separator + job.masker.mask(summary);
  }
}

function objectAt(
  contexts: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  const value = contexts[name];
  return typeof value === "object" && value !== null ? { ...value } : {};
}
