import type { ObjectId } from "../../domain/digest.ts";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { Anything, PullAnswer, RunsAnswer } from "./answers.ts";
import { readBranch } from "./branch-effects.ts";
import { createOnce, type Execution, Refused } from "./execution.ts";

/**
 * A pull request is known by its head branch, and a closed one by what the branch holds, too: where the branch was made
 * anew since, the closed one was about something else. An attempt's branch never gets a second one.
 */
export async function openPullRequest(
  { client, memory }: Execution,
  effect: EffectOf<"open-pull-request">,
  owner: string,
): Promise<ResultOf<"open-pull-request">> {
  let isRepeated = false;
  const { outcome, value } = await createOnce(client, {
    find: async () => {
      if (!isRepeated && memory.isUnopened(effect.head)) return undefined;
      const pulls = await client.list(PullAnswer, "GET /pulls", {
        state: "all",
        head: `${owner}:${effect.head}`,
      });
      const open = pulls.find(({ head, state }) => head.ref === effect.head && state === "open");
      if (open !== undefined || pulls.length === 0) return open;
      const branch = await readBranch(client, effect.head);
      return branch === undefined ? pulls[0] : pulls.find(({ head }) => head.sha === branch.sha);
    },
    create: async () => {
      isRepeated = true;
      return await client.askOnce(PullAnswer, "POST /pulls", {
        title: effect.title,
        body: effect.body,
        head: effect.head,
        base: effect.base,
      });
    },
  });
  memory.opened(effect.head);
  if (value.base.ref !== effect.base) {
    throw new Refused({
      code: "effect-refused",
      did: "nothing",
      reason: `pull request ${value.number} goes to ${value.base.ref} and not to ${effect.base}`,
    });
  }
  return { outcome, number: value.number };
}

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
