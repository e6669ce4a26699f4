import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isWorkflowPath } from "../../control/exposure/branch-workflows.ts";
import type { WorkflowText } from "../../control/exposure/workflow-holdings.ts";
import { UsageError } from "../command/usage-error.ts";

const WORKFLOWS = ".github/workflows";

/** The workflow files of a checkout, in order. Throws UsageError where there is no such folder. */
export function workflowsIn(repository: string): readonly WorkflowText[] {
  if (statSync(repository, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`--repo: there is no folder ${repository}`);
  }
  const folder = join(repository, WORKFLOWS);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder)
    .map((name) => `${WORKFLOWS}/${name}`)
    .filter(isWorkflowPath)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }));
}
