import { StepFailure } from "../workflow/failures.ts";
import type { TemplateMapping } from "../workflow/template.ts";
import { annotate, type StepScope, writeLog } from "./job-state.ts";
import { stepScope } from "./step-run.ts";

/** Most that the outputs of one job hold, in bytes of UTF-16 as GitHub estimates them. */
const LARGEST_OUTPUTS = 1024 * 1024;

/**
 * Evaluates the outputs of a job. One with a secret is dropped with a warning, as on GitHub. @throws {StepFailure} if
 * they are larger than 1 MB together.
 */
export function collectOutputs(
  outputs: TemplateMapping,
  scope: StepScope,
): Readonly<Record<string, string>> {
  const { job } = scope;
  const values: Record<string, string> = {};
  for (const [name, template] of outputs) {
    const value = job.expressions.text(template, stepScope(scope));
    if (job.masker.reveals(value)) {
      const message = `Skip output '${name}' since it may contain secret.`;
      writeLog(job, `##[warning]${message}`);
      annotate(job, { level: "warning", message, step: "Complete job" });
    } else {
      values[name] = value;
    }
  }
  const size = Object.values(values).reduce((sum, value) => sum + value.length * 2, 0);
  if (size > LARGEST_OUTPUTS) {
    throw new StepFailure(
      `the outputs of job '${job.record.path}' hold ${size} bytes, the limit is ${LARGEST_OUTPUTS}. Hand documents over as artifacts.`,
    );
  }
  return values;
}
