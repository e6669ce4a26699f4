import { parseDocument } from "yaml";

/** A workflow file of a repository. */
export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
}

/**
 * What `workflow_run` calls the workflows that run on pull requests: by their name, else by their path (GitHub docs, Events
 * that trigger workflows). One that cannot be read is left out.
 */
export function ciNames(files: readonly WorkflowFile[]): readonly string[] {
  const names = files.flatMap(({ path, text }) => {
    const read = readWorkflow(text);
    if (read === undefined || !eventsOf(read.on).includes("pull_request")) return [];
    return [typeof read.name === "string" && read.name.trim() !== "" ? read.name : path];
  });
  return [...new Set(names)].sort();
}

function readWorkflow(
  text: string,
): { readonly name?: unknown; readonly on?: unknown } | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return typeof value === "object" && value !== null ? value : undefined;
}

function eventsOf(on: unknown): readonly string[] {
  if (typeof on === "string") return [on];
  if (Array.isArray(on)) return on.filter((event) => typeof event === "string");
  return typeof on === "object" && on !== null ? Object.keys(on) : [];
}
