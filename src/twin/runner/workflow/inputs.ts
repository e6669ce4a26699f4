import type { Scope } from "./expression-functions.ts";
import type { Expressions } from "./expressions.ts";
import { StartupFailure } from "./failures.ts";
import {
  at,
  literal,
  mappingAt,
  stringsOf,
  type Template,
  type TemplateMapping,
} from "./template.ts";
import type { JobDefinition, WorkflowFile } from "./workflow-model.ts";

export type InputValues = Readonly<Record<string, string | number | boolean>>;

/** Limit of a workflow_dispatch since 2025-12-04. */
const MAXIMUM_DISPATCH_INPUTS = 25;

/**
 * Inputs of a workflow_dispatch: typed, defaults filled in.
 * @throws {StartupFailure} for an unknown input, a missing required one or a value of the wrong type.
 */
export function dispatchInputs(
  workflow: Pick<WorkflowFile, "triggers" | "path">,
  given: Readonly<Record<string, string>>,
): InputValues {
  const declared = mappingAt(workflow.triggers.get("workflow_dispatch"), "inputs");
  if (declared.size > MAXIMUM_DISPATCH_INPUTS) {
    throw new StartupFailure(
      `${workflow.path}: workflow_dispatch takes at most ${MAXIMUM_DISPATCH_INPUTS} inputs, this one declares ${declared.size}`,
    );
  }
  refuseUnknown(Object.keys(given), declared, `${workflow.path}: workflow_dispatch`);
  return typedInputs(declared, (name) => given[name], `${workflow.path}: workflow_dispatch`);
}

/** Keys and required names of a call, checked before any job runs. */
export function checkCall(job: JobDefinition, callee: WorkflowFile, caller: WorkflowFile): void {
  const place = `${caller.path} (Line: ${job.line}): job '${job.id}' calls '${job.uses}'`;
  if (!callee.triggers.has("workflow_call")) {
    throw new StartupFailure(
      `${place}, which is not a reusable workflow: it lacks 'on: workflow_call'`,
    );
  }
  const interfaceOf = callee.triggers.get("workflow_call");
  const inputs = mappingAt(interfaceOf, "inputs");
  refuseUnknown([...job.with.keys()], inputs, place);
  for (const [name, input] of inputs) {
    if (at(input, "required") === true && !job.with.has(name)) {
      throw new StartupFailure(`${place}: input '${name}' is required, but not provided`);
    }
  }
  if (job.secrets === "inherit") {
    return;
  }
  const secrets = mappingAt(interfaceOf, "secrets");
  refuseUnknown([...job.secrets.keys()], secrets, place, "secret");
  for (const [name, secret] of secrets) {
    if (at(secret, "required") === true && !job.secrets.has(name)) {
      throw new StartupFailure(`${place}: secret '${name}' is required, but not provided`);
    }
  }
}

/** Inputs of a called workflow: the caller's values, evaluated in its scope; defaults in the callee's. */
export function callInputs(
  call: { readonly job: JobDefinition; readonly callee: WorkflowFile },
  expressions: Expressions,
  scopes: { readonly caller: Scope; readonly callee: Scope },
): InputValues {
  const declared = mappingAt(call.callee.triggers.get("workflow_call"), "inputs");
  const values: Record<string, string | number | boolean> = {};
  for (const [name, input] of declared) {
    const given = call.job.with.get(name);
    const value =
      given !== undefined
        ? expressions.value(given, scopes.caller)
        : expressions.value(at(input, "default") ?? null, scopes.callee);
    const type = literal(at(input, "type")) ?? "string";
    values[name] = typed(value, type, `input '${name}' of '${call.job.uses}'`);
  }
  return values;
}

function refuseUnknown(
  names: readonly string[],
  declared: TemplateMapping,
  place: string,
  kind = "input",
): void {
  const known = [...declared.keys()];
  for (const name of names) {
    if (!known.some((key) => key.toLowerCase() === name.toLowerCase())) {
      throw new StartupFailure(
        `${place}: ${kind} '${name}' is not defined. Known: ${known.join(", ") || "none"}`,
      );
    }
  }
}

function typedInputs(
  declared: TemplateMapping,
  given: (name: string) => string | undefined,
  place: string,
): InputValues {
  const values: Record<string, string | number | boolean> = {};
  for (const [name, input] of declared) {
    const value = given(name) ?? literal(at(input, "default"));
    if (value === undefined && at(input, "required") === true) {
      throw new StartupFailure(`${place}: input '${name}' is required, but not provided`);
    }
    const type = literal(at(input, "type")) ?? "string";
    values[name] = typed(value ?? null, type, `${place}: input '${name}'`);
    checkChoice(input, values[name], `${place}: input '${name}'`);
  }
  return values;
}

function checkChoice(input: Template, value: unknown, place: string): void {
  const options = stringsOf(at(input, "options"));
  if (at(input, "type") === "choice" && value !== "" && !options.includes(String(value))) {
    throw new StartupFailure(`${place}: '${value}' is not one of: ${options.join(", ")}`);
  }
}

function typed(value: unknown, type: string, place: string): string | number | boolean {
  switch (type) {
    case "boolean": {
      const text = String(value ?? false);
      if (text !== "true" && text !== "false") {
        throw new StartupFailure(`${place}: '${text}' is not a boolean. Write true or false`);
      }
      return text === "true";
    }
    case "number": {
      const number = Number(value ?? 0);
      if (Number.isNaN(number)) {
        throw new StartupFailure(`${place}: '${value}' is not a number`);
      }
      return number;
    }
    default:
      return value === null || value === undefined ? "" : String(value);
  }
}
