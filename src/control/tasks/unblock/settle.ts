import type { Effect, EffectOf } from "../../../domain/github/effect.ts";
import { receiptOf, wasDone, wasRefused } from "../../../domain/github/receipt.ts";
import {
  isOfThePull,
  parentsOfResult,
  suggestionBranch,
  type TwoSides,
} from "../../../domain/github/unblock.ts";
import type { UnblockOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Usage } from "../../../domain/usage.ts";
import { renderUnblockCommit, type UnblockStory } from "../../../wording/pull-request/unblock.ts";
import type { View } from "../../observed/issue-view.ts";
import { listedPull } from "../../observed/listed-pull.ts";
import { readProposal, spentBy } from "../../observed/proposals.ts";
import { refusalOfReceipt } from "../../observed/receipts.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { readOrder } from "../../outcome/orders.ts";
import { refuseExposed } from "../../vetoes/exposed-workflows.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import { type Result, refuseResult, steeredBy } from "./judge.ts";
import { refusePull } from "./open.ts";
import { labelOff, unblockComment, workComment } from "./said.ts";

/**
 * Offers a result that both sides' tests prove: on a branch of its own, or as a commit on the pull request's branch if a person
 * with write access asked for that; never by force. Otherwise says why not. Merges nothing, and moves no branch unasked.
 */
export function decideUnblockSettle(view: View): Decision {
  const pinned = readOrder(view, "unblock");
  if ("refusal" in pinned) return stayQuiet(view, [pinned.refusal]);
  const { order } = pinned;
  const moved = refuseMeanwhile(view, order);
  if (moved !== undefined) return withheld(view, order, [moved]);
  const { implement, verify } = readingsOf(view, order);
  if (implement.kind !== "proposal") return withheld(view, order, [implement.refusal]);
  if (verify.kind !== "proposal") return withheld(view, order, [verify.refusal]);
  const result = { order, implement: implement.proposal, verify: verify.proposal };
  const { twoSides } = result.verify;
  const refusals = refuseResult(result);
  if (refusals.length > 0 || twoSides === undefined) {
    return withheld(view, order, refusals, result);
  }
  return offer(view, { ...result, twoSides });
}

function readingsOf(view: View, order: UnblockOrder) {
  return {
    implement: readProposal(view, { worker: "implement", order }),
    verify: readProposal(view, { worker: "verify", order }),
  };
}

/** The cost is recorded first, whatever comes of the rest. The label is removed last. */
function written(view: View, order: UnblockOrder, effects: readonly Effect[]): readonly Effect[] {
  return [workComment(view, order, usageOf(view, order)), ...effects];
}

function usageOf(view: View, order: UnblockOrder): Usage {
  return spentBy(view, readingsOf(view, order), order).usage;
}

/** Changes since the order was made. */
function refuseMeanwhile(view: View, order: UnblockOrder): Refusal | undefined {
  const { pullRequest, head, branch } = order.unblock;
  const pull = listedPull(view.snapshot, pullRequest);
  const subject = `pull request ${pullRequest}`;
  if (pull === undefined) return { code: "state-unknown", subject, found: "GitHub shows it not" };
  if (pull.head.sha !== head || pull.head.branch !== branch) {
    return {
      code: "base-moved",
      subject,
      found: `its head is ${pull.head.sha} now`,
      accepted: head,
    };
  }
  return refusePull(view, pull) ?? refuseAndon(view) ?? refuseExposed(view);
}

function withheld(
  view: View,
  order: UnblockOrder,
  refusals: readonly Refusal[],
  result?: Result,
): Decision {
  const found = result?.verify.twoSides;
  const story: UnblockStory = {
    kind: "refused",
    refusals,
    ...(found === undefined ? {} : { found: { twoSides: found, ...costOf(view, result) } }),
  };
  return conclude(view, {
    headline: "unblock-refused",
    effects: written(view, order, answered(view, order, story)),
    refusals,
  });
}

function offer(view: View, result: Result & { readonly twoSides: TwoSides }): Decision {
  const { order, twoSides } = result;
  const { onto, branch } = order.unblock;
  const claim = claimOf(order);
  const publish = publishOf(result);
  const first: readonly Effect[] = onto === "branch" ? [publish] : [claim, publish];
  const refused = first
    .map((effect) => receiptOf(view.receipts, effect))
    .filter(wasRefused)
    .map(refusalOfReceipt);
  if (refused.length > 0) {
    // The receipts already hold GitHub's refusals. They are reported once, on the pull request.
    const said = answered(view, order, { kind: "refused", refusals: refused });
    const effects = written(view, order, [...first, ...said]);
    return conclude(view, { headline: "unblock-refused", effects });
  }
  const done = receiptOf(view.receipts, publish);
  if (!wasDone(done)) {
    const effects = written(view, order, first);
    return conclude(view, { headline: "unblock-offered", effects });
  }
  const story: UnblockStory = {
    kind: "offered",
    onto,
    branch: publish.branch,
    target: branch,
    commit: done.sha,
    summary: result.implement.summary,
    found: { twoSides, ...costOf(view, result) },
    steered: steeredBy(result),
    red: order.unblock.red.filter(isOfThePull).map(({ name }) => name),
  };
  return conclude(view, {
    headline: "unblock-offered",
    effects: written(view, order, [...first, ...answered(view, order, story)]),
  });
}

function answered(view: View, order: UnblockOrder, story: UnblockStory): readonly Effect[] {
  const { pullRequest, head } = order.unblock;
  return [unblockComment(view, { pullRequest, head, story }), ...labelOff(view, pullRequest)];
}

function costOf(view: View, result: Result | undefined) {
  if (result === undefined) return {};
  const { order, verify } = result;
  return { usage: usageOf(view, order), evidence: verify.evidence, base: order.base };
}

function claimOf({ unblock, runId }: UnblockOrder): EffectOf<"claim-branch"> {
  const branch = suggestionBranch({ pullRequest: unblock.pullRequest, runId });
  return { kind: "claim-branch", key: `claim/${branch}`, branch, sha: unblock.head };
}

function publishOf({
  order,
  implement,
  verify,
  twoSides,
}: Result & { readonly twoSides: TwoSides }): EffectOf<"publish-commit"> {
  const { unblock, base, runId, repository } = order;
  const { pullRequest, head } = unblock;
  const { tree } = verify.subject;
  const branch =
    unblock.onto === "branch" ? unblock.branch : suggestionBranch({ pullRequest, runId });
  const { mergeBase } = twoSides;
  return {
    kind: "publish-commit",
    key: `publish/${branch}/${tree}`,
    branch,
    changeSet: implement.changeSet,
    expectedTree: tree,
    parents: parentsOfResult({ head, base, mergeBase }),
    message: renderUnblockCommit({
      pullRequest,
      tree,
      merges: mergeBase === base ? undefined : repository.defaultBranch,
    }),
  };
}
