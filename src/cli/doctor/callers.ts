import { parseDocument } from "yaml";
import type { Caller } from "./facts.ts";

const USES =
  /^(?<repository>[\w.-]+\/[\w.-]+)\/\.github\/workflows\/(?<file>[\w.-]+\.ya?ml)@(?<ref>\S+)$/;

type Parsed = Readonly<Record<string, unknown>>;

/**
 * The jobs of a workflow that call one of these files of a repository named `millwright`, whoever owns it. A file that cannot
 * be read calls nothing.
 */
export function callersIn(path: string, text: string, files: readonly string[]): readonly Caller[] {
  const workflow = read(text);
  return Object.entries(objectAt(workflow, "jobs")).flatMap(([name, job]) => {
    const called = isObject(job) ? calledBy(job, files) : undefined;
    if (!isObject(job) || called === undefined) return [];
    return [
      {
        path,
        job: name,
        ...called,
        permissions: permissionsOf(job.permissions ?? workflow.permissions),
        secrets: job.secrets === "inherit" ? "inherit" : Object.keys(objectAt(job, "secrets")),
        hasSchedule: isObject(workflow.on) && workflow.on.schedule !== undefined,
      } as const,
    ];
  });
}

function calledBy(
  job: Parsed,
  files: readonly string[],
): Pick<Caller, "repository" | "file" | "ref"> | undefined {
  const found = typeof job.uses === "string" ? USES.exec(job.uses)?.groups : undefined;
  const { repository = "", file = "", ref = "" } = found ?? {};
  const isOurs = repository.endsWith("/millwright") && files.includes(file);
  return isOurs ? { repository, file, ref } : undefined;
}

/** What the first calling job of a template grants: what the called file needs. */
export function needsOf(template: string): Readonly<Record<string, string>> {
  const [job] = Object.values(objectAt(read(template), "jobs"));
  const stated = isObject(job) ? permissionsOf(job.permissions) : undefined;
  return typeof stated === "object" ? stated : {};
}

function permissionsOf(stated: unknown): Caller["permissions"] {
  if (stated === "read-all" || stated === "write-all") return stated;
  if (!isObject(stated)) return undefined;
  return Object.fromEntries(
    Object.entries(stated).flatMap(([scope, level]) =>
      typeof level === "string" && level !== "none" ? [[scope, level]] : [],
    ),
  );
}

function read(text: string): Parsed {
  const document = parseDocument(text);
  if (document.errors.length > 0) return {};
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return isObject(value) ? value : {};
}

function objectAt(value: Parsed, key: string): Parsed {
  const inner = value[key];
  return isObject(inner) ? inner : {};
}

function isObject(value: unknown): value is Parsed {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
