import type { Expressions } from "../workflow/expressions.ts";
import { StepFailure } from "../workflow/failures.ts";
import type { GitHubLanguage } from "../workflow/language.ts";
import { readStep, stepFaults } from "../workflow/step-definition.ts";
import {
  at,
  isTemplateList,
  literal,
  mappingAt,
  readToken,
  type Template,
  type TemplateMapping,
} from "../workflow/template.ts";
import type { StepDefinition } from "../workflow/workflow-model.ts";

export interface NodeAction {
  readonly kind: "node24";
  readonly inputs: ReadonlyMap<string, Template | undefined>;
  readonly main: string;
  readonly pre: string | undefined;
  readonly preIf: Template | undefined;
  readonly post: string | undefined;
  readonly postIf: Template | undefined;
}

export interface CompositeAction {
  readonly kind: "composite";
  readonly inputs: ReadonlyMap<string, Template | undefined>;
  /** Name of the output and its expression. */
  readonly outputs: TemplateMapping;
  readonly steps: readonly StepDefinition[];
}

export type Action = NodeAction | CompositeAction;

/**
 * Reads an action.yml. @throws {StepFailure} if the file is invalid or of a kind that the twin cannot run.
 */
export function readActionFile(
  file: { readonly name: string; readonly content: string },
  reader: { readonly language: GitHubLanguage; readonly expressions: Expressions },
): Action {
  const { action, workflow } = reader.language;
  const { context, value } = action.parseAction(file, new workflow.NoOperationTraceWriter());
  const errors = context.errors.getErrors().map((error) => error.message);
  if (errors.length > 0 || value === undefined) {
    throw new StepFailure(errors.join("\n") || `${file.name}: the file is empty`);
  }
  const root = readToken(value, reader.language);
  const runs = at(root, "runs");
  const using = literal(at(runs, "using"));
  const inputs = new Map(
    [...mappingAt(root, "inputs")].map(([name, input]) => [name, at(input, "default")]),
  );
  if (using === "node24") {
    return { kind: using, inputs, ...nodeRuns(runs, file.name) };
  }
  if (using === "composite") {
    const list = at(runs, "steps");
    const steps = isTemplateList(list) ? list.map((step) => readStep(step)) : [];
    const faults = stepFaults(steps, reader.expressions);
    if (faults.length > 0) {
      throw new StepFailure(faults.map((fault) => `${file.name}: ${fault}`).join("\n"));
    }
    return { kind: using, inputs, outputs: outputsOf(root), steps };
  }
  throw new StepFailure(
    `${file.name}: 'using: ${using}' cannot run here. The twin runs node24 and composite actions.`,
  );
}

function nodeRuns(runs: Template | undefined, name: string): Omit<NodeAction, "kind" | "inputs"> {
  const main = literal(at(runs, "main"));
  if (main === undefined) {
    throw new StepFailure(`${name}: a node24 action needs 'main', the file to run`);
  }
  return {
    main,
    pre: literal(at(runs, "pre")),
    preIf: at(runs, "pre-if"),
    post: literal(at(runs, "post")),
    postIf: at(runs, "post-if"),
  };
}

function outputsOf(root: Template): TemplateMapping {
  return new Map(
    [...mappingAt(root, "outputs")].map(([name, output]) => [name, at(output, "value") ?? ""]),
  );
}
