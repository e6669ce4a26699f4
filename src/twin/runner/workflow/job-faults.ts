import type { Expressions } from "./expressions.ts";
import type { GitHubLanguage } from "./language.ts";
import { stepFaults } from "./step-definition.ts";
import { at, literal, type Template, type Token } from "./template.ts";
import type { JobDefinition, WorkflowFile } from "./workflow-model.ts";

const JOB_IF_CONTEXTS = ["github", "inputs", "vars", "needs"];

/** Keys of a job that the twin cannot imitate. */
export const UNSUPPORTED_JOB_KEYS = ["container", "services", "environment", "snapshot"];

export function jobLines(root: Token, language: GitHubLanguage): ReadonlyMap<string, number> {
  const { isMapping } = language.workflow;
  const lines = new Map<string, number>();
  const jobs = isMapping(root) ? root.find("jobs") : undefined;
  if (jobs !== undefined && isMapping(jobs)) {
    for (const { key } of jobs) {
      lines.set(key.toString(), key.line ?? 1);
    }
  }
  return lines;
}

export function jobFaults(job: JobDefinition, path: string, expressions: Expressions): string[] {
  const faults: string[] = [];
  const place = `${path} (Line: ${job.line}): job '${job.id}'`;
  const fault = literalFault(job.condition, expressions);
  if (fault !== undefined) {
    faults.push(`${place}: 'if' cannot be read: ${fault}`);
  }
  faults.push(...concurrencyFault(job.concurrency).map((text) => `${place}: ${text}`));
  faults.push(...stepFaults(job.steps, expressions).map((text) => `${place}: ${text}`));
  return faults;
}

function literalFault(
  condition: Template | undefined,
  expressions: Expressions,
): string | undefined {
  const text = literal(condition);
  return text === undefined || text.trim() === ""
    ? undefined
    : expressions.fault(text, JOB_IF_CONTEXTS);
}

export function concurrencyFaults(file: WorkflowFile): string[] {
  return concurrencyFault(file.concurrency).map((text) => `${file.path}: ${text}`);
}

/** Source: docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency */
function concurrencyFault(concurrency: Template | undefined): string[] {
  const both = at(concurrency, "queue") === "max" && at(concurrency, "cancel-in-progress") === true;
  return both ? ["'queue: max' cannot be combined with 'cancel-in-progress: true'"] : [];
}
