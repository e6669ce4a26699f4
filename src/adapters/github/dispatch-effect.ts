import type { ObjectId } from "../../domain/digest.ts";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { Anything, RunsAnswer } from "./answers.ts";
import { createOnce, type Execution } from "./execution.ts";

/**
 * Rings a workflow. A dispatch has no name to be found by: after a lost answer a run of it that is new counts as the
 * ring, and a second ring is harmless, because who answers a doorbell observes everything anew. Where the ring is about a
 * commit, a run of it at that commit is the ring.
 */
export async function dispatchWorkflow(
  { client }: Execution,
  effect: EffectOf<"dispatch-workflow">,
): Promise<ResultOf<"dispatch-workflow">> {
  const workflow = { workflow_id: effect.workflow };
  const newest = async (where: { readonly head_sha?: ObjectId } = {}) => {
    const { workflow_runs: runs } = await client.ask(
      RunsAnswer,
      "GET /actions/workflows/{workflow_id}/runs",
      { ...workflow, ...where, event: "workflow_dispatch", per_page: 1 },
    );
    return runs[0]?.id ?? 0;
  };
  if (effect.once !== undefined && (await newest({ head_sha: effect.once })) > 0) {
    return { outcome: "already" };
  }
  let before: number | undefined;
  await createOnce(client, {
    find: async () => {
      if (before === undefined) {
        before = await newest();
        return undefined;
      }
      return (await newest()) > before ? true : undefined;
    },
    create: async () => {
      await client.askOnce(Anything, "POST /actions/workflows/{workflow_id}/dispatches", {
        ...workflow,
        ref: effect.ref,
        inputs: effect.inputs,
      });
      return true;
    },
  });
  return { outcome: "done" };
}
