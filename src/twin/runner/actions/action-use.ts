import type { ActionUse, StepScope } from "../job/job-state.ts";
import type { StepDefinition } from "../workflow/workflow-model.ts";
import { resolveAction } from "./actions.ts";

/**
 * The action of a step, resolved once: its pre, main and post are the same files and share one state. @throws
 * {StepFailure} if it cannot be found or cannot run in the twin.
 */
export async function useOf(
  step: StepDefinition,
  uses: string,
  scope: StepScope,
  state: Map<string, string> = new Map(),
): Promise<ActionUse> {
  const { job } = scope;
  const known = job.uses.get(step);
  if (known !== undefined) {
    return known;
  }
  const { actions, workspace } = job.folders;
  const places = { library: job.library, actions, workspace };
  const action = await resolveAction(uses, scope.source, places);
  const use = { action, state };
  job.uses.set(step, use);
  return use;
}
