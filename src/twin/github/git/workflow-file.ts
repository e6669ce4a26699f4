import { createHash } from "node:crypto";
import { parse } from "yaml";
import type { RepositoryState } from "../state/state.ts";
import { treeOf } from "./commit-objects.ts";
import { listTree, looseBlobAt } from "./objects/list-tree.ts";
import { readBlob } from "./objects/loose-objects.ts";
import { refTip } from "./read-refs.ts";

const FOLDER = ".github/workflows/";
const FILE = /^[^/]+\.ya?ml$/;

/** One input that a workflow declares for its manual trigger. */
export interface DeclaredInput {
  readonly required: boolean;
  readonly hasDefault: boolean;
  /** The values a `choice` allows; undefined for other types. */
  readonly options: readonly string[] | undefined;
}

/** Number of a workflow: stable, and the same for one path in one repository. */
export function workflowId(repository: RepositoryState, path: string): number {
  const digest = createHash("sha256").update(`${repository.id}:${path}`).digest();
  return digest.readUInt32BE(0);
}

/** Paths of the workflow files at a revision. */
export async function workflowPaths(
  repository: RepositoryState,
  revision: string,
): Promise<string[]> {
  const { gitDirectory } = repository;
  const tree = treeOf(gitDirectory, (await refTip(gitDirectory, revision)) ?? revision);
  const listed = await listTree(gitDirectory, tree, { path: FOLDER }).catch(() => []);
  return listed.map(({ path }) => path).filter((path) => FILE.test(path.slice(FOLDER.length)));
}

/** Path of the workflow that a route names by file name, path or number; the default branch decides what exists. */
export async function findWorkflow(
  repository: RepositoryState,
  wanted: string,
): Promise<string | undefined> {
  const paths = await workflowPaths(repository, `refs/heads/${repository.defaultBranch}`);
  return paths.find(
    (path) =>
      path === `${FOLDER}${wanted}` ||
      path === wanted ||
      String(workflowId(repository, path)) === wanted,
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function declaredInput(value: unknown): DeclaredInput {
  const { default: preset, options, required, type } = record(value);
  return {
    required: required === true,
    hasDefault: preset !== undefined && preset !== null,
    options: type === "choice" && Array.isArray(options) ? options.map(String) : undefined,
  };
}

/** What `on.workflow_dispatch` declares; undefined when the text has no such trigger or is no YAML. */
export function dispatchInputs(text: string): ReadonlyMap<string, DeclaredInput> | undefined {
  let on: unknown;
  try {
    on = record(parse(text) as unknown).on;
  } catch {
    return undefined;
  }
  const name = "workflow_dispatch";
  if (on === name || (Array.isArray(on) && on.includes(name))) return new Map();
  const triggers = record(on);
  if (!(name in triggers)) return undefined;
  const inputs = Object.entries(record(record(triggers[name]).inputs));
  return new Map(inputs.map(([key, value]) => [key, declaredInput(value)]));
}

/** Text of a file at a commit, or undefined. */
export async function readText(
  repository: RepositoryState,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const { gitDirectory } = repository;
  const tree = treeOf(gitDirectory, commit);
  const blob = looseBlobAt(gitDirectory, tree, path) ?? `${tree}:${path}`;
  return (await readBlob(gitDirectory, blob))?.toString("utf8");
}
