import type { ObjectId } from "../../domain/digest.ts";
import type { EffectOf } from "../../domain/github/effect.ts";
import { suggestionBranch } from "../../domain/github/unblock.ts";
import { unblockLabel } from "../../domain/label.ts";
import type { UnblockOrder } from "../../domain/order.ts";
import type { View } from "../observed/issue-view.ts";
import { orphansOf } from "../observed/orphans.ts";
import { wishToUnblock } from "../observed/unblock/wish.ts";

/** The order to mend somebody's pull request. */
export function unblockedIn({ input }: View): UnblockOrder | undefined {
  return input.task === "unblock-settle" && input.order?.kind === "unblock"
    ? input.order
    : undefined;
}

/** The pull request on which this run comments because it was asked to mend it. */
export function unblockedPull(view: View): number | undefined {
  const { task } = view.input;
  if (task === "route") return wishToUnblock(view)?.pullRequest;
  return unblockedIn(view)?.unblock.pullRequest;
}

/** The claim of an attempt starts at its base; a branch that offers a result starts at the pull request's head. */
export function claimedAt(view: View): ObjectId {
  const { input, snapshot } = view;
  return unblockedIn(view)?.unblock.head ?? input.order?.base ?? snapshot.repository.head;
}

/** This order's own branch; never the default branch, whatever the pull request calls its own. */
export function isUnblockBranch(branch: string, { unblock, runId, repository }: UnblockOrder) {
  if (unblock.onto === "suggestion") {
    return branch === suggestionBranch({ pullRequest: unblock.pullRequest, runId });
  }
  return branch === unblock.branch && branch !== repository.defaultBranch;
}

/** The head first, because the branch only moves forward. */
export function areUnblockParents(
  parents: readonly string[] | undefined,
  { unblock, base }: UnblockOrder,
): boolean {
  const { head } = unblock;
  return [[head], [head, base]].some((accepted) => parents?.join() === accepted.join());
}

/** The only label change on somebody's pull request is to remove the label by which they asked. */
export function isUnlabelled({ issue, add, remove }: EffectOf<"set-labels">, view: View): boolean {
  const isAskedAlone = remove.join() === unblockLabel(view.prefix);
  return add.length === 0 && isAskedAlone && issue === unblockedPull(view);
}

/** Labeled pull requests, and deleted issues, for which the heartbeat may ring. */
export function ofNoOpenIssue(view: View): readonly number[] {
  const { unblocking } = view.snapshot;
  const known = unblocking !== undefined && "known" in unblocking ? unblocking.known : [];
  return [...known.map(({ pull }) => pull.number), ...orphansOf(view)];
}
