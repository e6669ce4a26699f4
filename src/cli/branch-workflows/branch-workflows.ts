import {
  type Exposure,
  exposedWorkflows,
  sayExposure,
} from "../../control/exposure/branch-workflows.ts";
import { counted } from "../../wording/figures.ts";
import { sayGuard } from "../../wording/hints.ts";
import { findTarget, gitIn } from "../source/resolve-base.ts";
import { workflowsIn } from "../source/workflows-in.ts";
import type { WorkflowsArguments } from "./arguments.ts";

const WHO = {
  factory: "at once with a token of an App, after a person's click with the job's own",
  person: "after a person's act: a review, a label, a closed pull request",
} as const satisfies Record<Exposure["startedBy"], string>;

/**
 * Tells which workflows of a checkout would run with secrets on what the factory publishes there. Answers the exit code: 1
 * where there is one. The factory's own file is the one that the templates name `factory.yml`.
 */
export async function tellBranchWorkflows(
  { repo, branch, json }: WorkflowsArguments,
  write: (text: string) => void,
): Promise<number> {
  const files = workflowsIn(repo);
  const defaultBranch = branch ?? (await targetOf(repo));
  const found = exposedWorkflows(files, { defaultBranch, own: "factory.yml" });
  const code = found.length === 0 ? 0 : 1;
  if (json) {
    const told = { ok: code === 0, defaultBranch, workflows: files.length, exposed: found };
    write(`${JSON.stringify(told)}\n`);
    return code;
  }
  for (const exposure of found) {
    write(
      `${sayExposure(exposure)}\n  ${WHO[exposure.startedBy]}\n  ${sayGuard(exposure.event)}\n`,
    );
  }
  const read = `${counted(files.length, "workflow")} in .github/workflows, with ${defaultBranch} as the default branch`;
  write(
    found.length === 0
      ? `${read}: none would run with secrets on a branch of the factory.\n`
      : `${read}: ${found.length} to look at.\n`,
  );
  return code;
}

/** Of files that no git holds nothing tells the branch. */
async function targetOf(repo: string): Promise<string> {
  const asked = await gitIn(repo, ["rev-parse", "--absolute-git-dir"]);
  return asked.code === 0 ? findTarget(asked.stdout.toString("utf8").trim()) : "main";
}
