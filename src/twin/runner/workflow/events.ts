import { matchesPatterns } from "../../../domain/text/filter-pattern.ts";
import type { TwinEvent } from "../../github/twin-github.ts";
import { at, isTemplateList, stringsOf, type Template } from "./template.ts";
import type { WorkflowFile } from "./workflow-model.ts";

/** Activity types that start a run without `types`; any other event accepts all of them. */
const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ["opened", "synchronize", "reopened"],
  pull_request_target: ["opened", "synchronize", "reopened"],
  merge_group: ["checks_requested"],
};

/** Source: docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs */
const SKIP_MARKS = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]/i;

/** Files that an event changed; only needed for a path filter. */
export type ChangedFiles = (event: TwinEvent) => Promise<readonly string[]>;

/** Whether the event starts this workflow. Only depends on `on`, never on the jobs. */
export async function isStartedBy(
  workflow: Pick<WorkflowFile, "triggers" | "path">,
  event: TwinEvent,
  changedFiles: ChangedFiles,
): Promise<boolean> {
  const { triggers } = workflow;
  if (event.name === "workflow_call" || !triggers.has(event.name)) {
    return false;
  }
  const settings = triggers.get(event.name) ?? null;
  switch (event.name) {
    case "schedule":
      return cronsOf(settings).includes(String(event.payload.schedule));
    case "workflow_dispatch":
      return event.workflow === undefined || fileName(workflow.path) === fileName(event.workflow);
    case "push":
      return pushStarts(settings, event, changedFiles);
    default:
      return activityStarts(settings, event, changedFiles);
  }
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function cronsOf(settings: Template): readonly string[] {
  const items = isTemplateList(settings) ? settings : [];
  return items.flatMap((item) => stringsOf(at(item, "cron")));
}

async function pushStarts(
  settings: Template,
  event: TwinEvent,
  changedFiles: ChangedFiles,
): Promise<boolean> {
  const head = event.payload.head_commit;
  if (event.payload.deleted === true || SKIP_MARKS.test(messageField(head))) {
    return false;
  }
  const branch = prefixed(event.ref, "refs/heads/");
  const tag = prefixed(event.ref, "refs/tags/");
  const filtersBranches = hasAny(settings, ["branches", "branches-ignore"]);
  const filtersTags = hasAny(settings, ["tags", "tags-ignore"]);
  if (tag !== undefined) {
    // A workflow that filters branches only does not run for tags; path filters never apply to tags.
    return filtersTags ? passes(settings, "tags", tag) : !filtersBranches;
  }
  if (branch === undefined || (filtersTags && !filtersBranches)) {
    return false;
  }
  return passes(settings, "branches", branch) && pathsPass(settings, event, changedFiles);
}

async function activityStarts(
  settings: Template,
  event: TwinEvent,
  changedFiles: ChangedFiles,
): Promise<boolean> {
  if (event.name === "workflow_run" && !follows(settings, event)) {
    return false;
  }
  const types = stringsOf(at(settings, "types"));
  const wanted = types.length > 0 ? types : DEFAULT_TYPES[event.name];
  if (wanted !== undefined && event.action !== undefined && !wanted.includes(event.action)) {
    return false;
  }
  if (!event.name.startsWith("pull_request")) {
    return true;
  }
  const base = field(field(event.payload.pull_request, "base"), "ref");
  return passes(settings, "branches", String(base)) && pathsPass(settings, event, changedFiles);
}

/** Only named workflows are followed, by the name of the workflow and not of its file. */
function follows(settings: Template, event: TwinEvent): boolean {
  const run = event.payload.workflow_run;
  return (
    stringsOf(at(settings, "workflows")).includes(String(field(run, "name"))) &&
    passes(settings, "branches", String(field(run, "head_branch")))
  );
}

async function pathsPass(
  settings: Template,
  event: TwinEvent,
  changedFiles: ChangedFiles,
): Promise<boolean> {
  if (!hasAny(settings, ["paths", "paths-ignore"])) {
    return true;
  }
  const files = await changedFiles(event);
  const include = at(settings, "paths");
  if (include !== undefined) {
    return files.some((file) => matchesPatterns(file, stringsOf(include)));
  }
  const ignore = stringsOf(at(settings, "paths-ignore"));
  return files.some((file) => !matchesPatterns(file, ignore));
}

function passes(settings: Template, key: string, value: string): boolean {
  const include = at(settings, key);
  if (include !== undefined) {
    return matchesPatterns(value, stringsOf(include));
  }
  const ignore = at(settings, `${key}-ignore`);
  return ignore === undefined || !matchesPatterns(value, stringsOf(ignore));
}

function hasAny(settings: Template, keys: readonly string[]): boolean {
  return keys.some((key) => at(settings, key) !== undefined);
}

function prefixed(ref: string, prefix: string): string | undefined {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}

/** A field of webhook data; undefined if there is none. */
export function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function messageField(commit: unknown): string {
  return String(field(commit, "message") ?? "");
}
