import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type Exposure,
  exposedWorkflows,
  isWorkflowPath,
  sayExposure,
} from "../../control/exposure/branch-workflows.ts";
import type { WorkflowText } from "../../control/exposure/workflow-holdings.ts";
import { sayGuard } from "../../wording/hints.ts";
import { UsageError } from "../command/usage-error.ts";

const WORKFLOWS = ".github/workflows";
const WHO = {
  factory: "at once with a token of an App, after a person's click with the job's own",
  person: "after a person's act: a review, a label, a closed pull request",
} as const satisfies Record<Exposure["startedBy"], string>;

/**
 * Tells which workflows of a checkout would run with secrets on what the factory publishes there. Answers the exit code: 1
 * where there is one. The factory's own file is the one that the templates name `factory.yml`.
 */
export function tellBranchWorkflows(
  { repo, branch }: { readonly repo: string; readonly branch: string },
  write: (text: string) => void,
): number {
  const files = workflowsIn(repo);
  const found = exposedWorkflows(files, { defaultBranch: branch, own: "factory.yml" });
  for (const exposure of found) {
    write(
      `${sayExposure(exposure)}\n  ${WHO[exposure.startedBy]}\n  ${sayGuard(exposure.event)}\n`,
    );
  }
  write(`workflow files: ${files.length}, to look at: ${found.length}\n`);
  return found.length === 0 ? 0 : 1;
}

function workflowsIn(repository: string): readonly WorkflowText[] {
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
