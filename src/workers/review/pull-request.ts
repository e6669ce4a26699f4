import type { ChangedFile } from "../../domain/change-set.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { ReviewOrder } from "../../domain/order.ts";
import type { FailedProposal, ReviewProposal } from "../../domain/proposal.ts";
import type { Repository, TreeEntry } from "../../ports/repository.ts";
import { createAsker } from "../shared/ask.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";
import { judgeChange } from "./judge.ts";
import type { ReviewPorts } from "./run.ts";

/**
 * Reviews a person's pull request, as the difference between its head and its merge base, and returns a verdict about
 * exactly that. Runs none of it: its checks are the repository's own CI.
 */
export function runPullRequestReview(
  order: ReviewOrder,
  ports: ReviewPorts,
): Promise<ReviewProposal | FailedProposal> {
  return runWorker<ReviewProposal>(order, { of: "review", clock: ports.clock }, async (meter) => {
    const { pullRequest } = order;
    const { repository } = ports;
    const base = await repository.mergeBase(order.base, pullRequest.head);
    const asker = createAsker(order.budget, { ...ports, meter });
    const judged = await judgeChange(order, {
      subject: { base, tree: await repository.treeOf(pullRequest.head) },
      files: await changedFiles(repository, { base, head: pullRequest.head }),
      evidence: [],
      repository,
      asker,
    });
    if ("refusal" in judged) return judged;
    return { ...proposalHead(order, meter.spent()), worker: "review", verdict: judged.verdict };
  });
}

/** Paths that differ, for the computed risk; their content is in the diff. */
async function changedFiles(
  repository: Repository,
  { base, head }: { readonly base: ObjectId; readonly head: ObjectId },
): Promise<readonly ChangedFile[]> {
  const before = byPath(await repository.list(base));
  const after = byPath(await repository.list(head));
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].flatMap((path): ChangedFile[] => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was?.id === is?.id && was?.mode === is?.mode) return [];
    if (is === undefined) return [{ path, deleted: true }];
    const mode = is.mode === "100755" ? "100755" : "100644";
    return [{ path, mode, encoding: "utf-8", content: "" }];
  });
}

function byPath(entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> {
  return new Map(entries.map((entry) => [entry.path, entry]));
}
