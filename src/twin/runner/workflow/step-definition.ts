import type { Expressions } from "./expressions.ts";
import { at, literal, mappingAt, type Template } from "./template.ts";
import type { StepDefinition } from "./workflow-model.ts";

const STEP_IF_CONTEXTS = [
  "github",
  "inputs",
  "vars",
  "needs",
  "strategy",
  "matrix",
  "steps",
  "job",
  "runner",
  "env",
];

/** A step of a job or of a composite action. */
export function readStep(step: Template): StepDefinition {
  return {
    id: literal(at(step, "id")),
    name: at(step, "name"),
    condition: at(step, "if"),
    uses: literal(at(step, "uses")),
    run: at(step, "run"),
    with: mappingAt(step, "with"),
    env: mappingAt(step, "env"),
    shell: at(step, "shell"),
    workingDirectory: at(step, "working-directory"),
    timeoutMinutes: at(step, "timeout-minutes"),
    continueOnError: at(step, "continue-on-error"),
  };
}

/** Faults of a list of steps beyond the schema: an unreadable `if`, a duplicate id. */
export function stepFaults(steps: readonly StepDefinition[], expressions: Expressions): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [index, step] of steps.entries()) {
    const condition = literal(step.condition)?.trim() ?? "";
    const fault = condition === "" ? undefined : expressions.fault(condition, STEP_IF_CONTEXTS);
    if (fault !== undefined) {
      faults.push(`step ${index + 1}: 'if' cannot be read: ${fault}`);
    }
    const id = step.id?.toLowerCase();
    if (id !== undefined && seen.has(id)) {
      faults.push(`step ${index + 1}: the id '${step.id}' is used more than once`);
    }
    seen.add(id ?? "");
  }
  return faults;
}
