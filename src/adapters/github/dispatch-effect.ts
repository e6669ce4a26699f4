import { z } from "zod";
import { ObjectId } from "../../domain/digest.ts";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { Anything } from "./answers.ts";
import { createOnce, type Execution } from "./execution.ts";

const Run = z.object({ id: z.int().positive(), created_at: z.string(), head_sha: ObjectId });
type Run = z.infer<typeof Run>;
const RunsAnswer = z.object({ workflow_runs: z.array(Run) });

/**
 * Starts a workflow. A dispatch has no id: after a lost answer, a new run counts as the ring, and a second ring is
 * harmless, because its run observes everything again. If the ring is about a commit, any run at that commit counts. If
 * this job made that commit, only a run begun since counts: nobody can have rung before, so GitHub need not be asked.
 * The same holds if GitHub reported a time with this job's last write.
 */
export async function dispatchWorkflow(
  { client, memory }: Execution,
  effect: EffectOf<"dispatch-workflow">,
): Promise<ResultOf<"dispatch-workflow">> {
  const workflow = { workflow_id: effect.workflow };
  const { once: commit } = effect;
  const newest = async (where: { readonly head_sha?: string } = {}) => {
    const { workflow_runs: runs } = await client.ask(
      RunsAnswer,
      "GET /actions/workflows/{workflow_id}/runs",
      { ...workflow, ...where, event: "workflow_dispatch", per_page: 1 },
    );
    return runs[0];
  };
  const at = commit === undefined ? memory.wroteAt() : memory.mergedAt(commit);
  const isAsked = commit !== undefined && at === undefined;
  if (isAsked && (await newest({ head_sha: commit })) !== undefined) return { outcome: "already" };
  let isRing: ((run: Run) => boolean) | undefined;
  await createOnce(client, {
    find: async () => {
      if (isRing !== undefined) {
        const run = await newest();
        return run !== undefined && isRing(run) ? true : undefined;
      }
      const before = at === undefined ? ((await newest())?.id ?? 0) : 0;
      isRing = (run) => (at === undefined ? run.id > before : isSince(run, { at, commit }));
      return undefined;
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

/** GitHub reports times by the second. A run of that very second may be older, unless it is at the commit. One ring too many is harmless. */
function isSince(
  { created_at, head_sha }: Run,
  { at, commit }: { readonly at: string; readonly commit: string | undefined },
): boolean {
  const after = Date.parse(created_at) - Date.parse(at);
  return after > 0 || (after === 0 && head_sha === commit);
}
