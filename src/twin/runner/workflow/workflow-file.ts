import type { Expressions } from "./expressions.ts";
import { InvalidWorkflow } from "./failures.ts";
import { concurrencyFaults, jobFaults, jobLines, UNSUPPORTED_JOB_KEYS } from "./job-faults.ts";
import type { GitHubLanguage } from "./language.ts";
import { applyOverlay, type Overlay } from "./overlay.ts";
import { readPermissions } from "./permissions.ts";
import { readStep } from "./step-definition.ts";
import {
  at,
  isTemplateList,
  isTemplateMapping,
  literal,
  mappingAt,
  readToken,
  stringsOf,
  type Template,
  type TemplateMapping,
} from "./template.ts";
import type { JobDefinition, RunDefaults, Source, WorkflowFile } from "./workflow-model.ts";

export interface WorkflowText {
  readonly source: Source;
  readonly path: string;
  readonly content: string;
}

export interface WorkflowReader {
  readonly language: GitHubLanguage;
  readonly expressions: Expressions;
}

/**
 * Reads a workflow file with GitHub's own parser. @throws {InvalidWorkflow} every error of the file, one per line, each
 * with file, line and column.
 */
export function readWorkflowFile(text: WorkflowText, reader: WorkflowReader): WorkflowFile {
  const overlay = applyOverlay(text.path, text.content);
  const { workflow } = reader.language;
  const { context, value } = workflow.parseWorkflow(
    { name: text.path, content: overlay.content },
    new workflow.NoOperationTraceWriter(),
  );
  const errors = [...overlay.errors, ...context.errors.getErrors().map((error) => error.message)];
  if (errors.length > 0 || value === undefined) {
    throw new InvalidWorkflow(errors.join("\n") || `${text.path}: the file is empty`);
  }
  const root = readToken(value, reader.language);
  const file = workflowOf(text, root, { overlay, lines: jobLines(value, reader.language) });
  const faults = file.jobs.flatMap((job) => jobFaults(job, text.path, reader.expressions));
  faults.push(...concurrencyFaults(file));
  if (faults.length > 0) {
    throw new InvalidWorkflow(faults.join("\n"));
  }
  return file;
}

/** Names of the events in `on`, read leniently from a file that may be invalid; undefined if nothing can be read. */
export function eventNamesOf(
  text: WorkflowText,
  language: GitHubLanguage,
): readonly string[] | undefined {
  const { content } = applyOverlay(text.path, text.content);
  const parsed = language.workflow.parseWorkflow(
    { name: text.path, content },
    new language.workflow.NoOperationTraceWriter(),
  );
  if (parsed.value === undefined) {
    return undefined;
  }
  return [...triggersOf(at(readToken(parsed.value, language), "on")).keys()];
}

function workflowOf(
  text: WorkflowText,
  root: Template,
  extra: { readonly overlay: Overlay; readonly lines: ReadonlyMap<string, number> },
): WorkflowFile {
  const jobs = [...mappingAt(root, "jobs")].map(([id, job]) =>
    jobOf(id, job, {
      line: extra.lines.get(id) ?? 1,
      cacheMode: extra.overlay.jobCacheModes.get(id),
    }),
  );
  return {
    source: text.source,
    path: text.path,
    name: literal(at(root, "name")) ?? text.path,
    runName: at(root, "run-name"),
    triggers: triggersOf(at(root, "on")),
    permissions: readPermissions(at(root, "permissions")),
    cacheMode: extra.overlay.workflowCacheMode,
    env: mappingAt(root, "env"),
    defaults: defaultsOf(root),
    concurrency: at(root, "concurrency"),
    jobs,
  };
}

function jobOf(
  id: string,
  job: Template,
  extra: Pick<JobDefinition, "line" | "cacheMode">,
): JobDefinition {
  const steps = at(job, "steps");
  return {
    id,
    ...extra,
    name: at(job, "name"),
    needs: stringsOf(at(job, "needs")),
    condition: at(job, "if"),
    permissions: readPermissions(at(job, "permissions")),
    concurrency: at(job, "concurrency"),
    strategy: at(job, "strategy"),
    uses: literal(at(job, "uses")),
    with: mappingAt(job, "with"),
    secrets: at(job, "secrets") === "inherit" ? "inherit" : mappingAt(job, "secrets"),
    runsOn: at(job, "runs-on") ?? "",
    env: mappingAt(job, "env"),
    defaults: defaultsOf(job),
    outputs: mappingAt(job, "outputs"),
    timeoutMinutes: at(job, "timeout-minutes"),
    continueOnError: at(job, "continue-on-error"),
    steps: isTemplateList(steps) ? steps.map((step) => readStep(step)) : [],
    unsupported: UNSUPPORTED_JOB_KEYS.filter((key) => at(job, key) !== undefined),
  };
}

/** `on` in any of its three forms as a mapping from event name to its settings. */
function triggersOf(on: Template | undefined): TemplateMapping {
  return isTemplateMapping(on) ? on : new Map(stringsOf(on).map((name) => [name, null]));
}

function defaultsOf(owner: Template): RunDefaults {
  const run = mappingAt(at(owner, "defaults"), "run");
  return { shell: run.get("shell"), workingDirectory: run.get("working-directory") };
}
