import { githubEnvironment } from "../run/github-context.ts";
import type { CommandFilePaths } from "./command-files.ts";
import type { StepScope } from "./job-state.ts";

export interface StepEnvironment {
  readonly scope: StepScope;
  /** `env` of the step, evaluated. */
  readonly env: Readonly<Record<string, string>>;
  /** The `github` context of the step. */
  readonly github: Readonly<Record<string, unknown>>;
  readonly files: CommandFilePaths;
  /** INPUT_*, STATE_* and other variables of this process only. */
  readonly extra?: Readonly<Record<string, string>> | undefined;
}

/**
 * The whole environment of a step's process, without the twin's own except PATH and LANG; a workflow cannot overwrite
 * GITHUB_* and RUNNER_*.
 */
export function processEnvironment(step: StepEnvironment): Record<string, string> {
  const { job, composite } = step.scope;
  const variables: Record<string, string> = {
    ...job.machineEnvironment,
    ...job.env,
    ...composite?.env,
    ...step.env,
  };
  const path = [...job.path, variables.PATH ?? ""].filter((part) => part !== "").join(":");
  return {
    ...variables,
    PATH: path,
    ...githubEnvironment(step.github),
    ...runnerEnvironment(job.contexts.runner),
    ...step.files,
    ...step.extra,
  };
}

function runnerEnvironment(runner: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(runner ?? {}).map(([name, value]) => [
      `RUNNER_${name.toUpperCase()}`,
      String(value),
    ]),
  );
}

/** Variables by which a JavaScript action sees its inputs. */
export function inputEnvironment(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
      value,
    ]),
  );
}

export function stateEnvironment(state: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]));
}
