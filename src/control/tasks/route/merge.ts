import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import { leaseOfBranch } from "../../../domain/lease.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { AT_PULL_REQUEST } from "../../../domain/stage.ts";
import type { Headline } from "../../../wording/summaries/headlines.ts";
import { isOnIssue, type OnIssue, type View } from "../../observed/issue-view.ts";
import { isLater, lastOf } from "../../observed/ledger/ledger.ts";
import { listedPull } from "../../observed/listed-pull.ts";
import { pullBranchOf } from "../../observed/pull-requests.ts";
import { refusalOfReceipt } from "../../observed/receipts.ts";
import { lastLanding, openRevert } from "../../observed/release/landing.ts";
import type { Decision } from "../../observed/situation.ts";
import { answer, conclude, halt, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { ownActor, releaseOrderFor } from "../../outcome/orders.ts";
import { afterMerge } from "../release/await-deploy.ts";
import { deployEffects } from "../release/deploy-effects.ts";

/** A person merged the factory's pull request: the factory goes on from there. Its own merges were settled by settle. */
export function routeMerge(
  view: View,
  closed: { readonly pullRequest: number; readonly branch: string },
): Decision {
  const lease = leaseOfBranch(closed.branch);
  const pullRequest = listedPull(view.snapshot, closed.pullRequest);
  const mergeSha = pullRequest?.mergeSha ?? null;
  if (lease === undefined || !isOnIssue(view) || !pullRequest?.merged || mergeSha === null) {
    return conclude(view, { headline: "merge-of-others", effects: [] });
  }
  if (pullRequest.mergedBy?.id === view.input.identity.id) {
    return conclude(view, { headline: "own-merge", effects: [] });
  }
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  const taking = openRevert(view.ledger.entries)?.event;
  const published = taking ?? lastOf(view.ledger.entries, "published")?.event;
  if (published?.pullRequest !== closed.pullRequest) {
    const unrecorded = ownUnrecorded(view, closed.pullRequest);
    if (unrecorded !== undefined) {
      return recordMerge(view, { headline: "merge-found", entries: [], merge: unrecorded });
    }
    // A fork can give its branch a name like ours. Only the ledger knows which pull requests belong to the factory.
    const subject = `pull request ${closed.pullRequest}`;
    return stayQuiet(view, [
      { code: "event-not-understood", subject, found: "the ledger does not know it" },
    ]);
  }
  if (lastLanding(view.ledger.entries)?.event.commit === mergeSha) {
    return conclude(view, { headline: "merge-known", effects: [] });
  }
  // The run that builds the next attempt finds the merge and records it. No other run writes meanwhile.
  if (view.stage === "building") return conclude(view, { headline: "merge-known", effects: [] });
  if (!AT_PULL_REQUEST.some((one) => one === view.stage)) {
    return answer(view, {
      code: "illegal-transition",
      subject: `${view.stage} → smoking`,
      found: `a person merged pull request ${closed.pullRequest}`,
      accepted: AT_PULL_REQUEST.join(", "),
    });
  }
  const { tree } = published;
  return recordMerge(view, {
    headline: "person-merged",
    entries: [],
    merge: { mergeSha, pullRequest: closed.pullRequest, tree, by: "person", ...revertedBy(taking) },
  });
}

/**
 * A pull request of the factory that no run recorded, because the run that opened it died. It has the branch of the last
 * claim, at the commit of that branch in this repository. A fork may use the name, but not here.
 */
function ownUnrecorded(view: OnIssue, number: number): Merge | undefined {
  const merge = view.stage === "needs-human" ? unrecordedMerge(view) : undefined;
  const pull = listedPull(view.snapshot, merge?.pullRequest);
  const isOurs = view.branches.some(
    ({ name, sha }) => name === pull?.head.branch && sha === pull.head.sha,
  );
  return isOurs && merge?.pullRequest === number ? merge : undefined;
}

function revertedBy(taking: { readonly reverts: string } | undefined) {
  return taking === undefined ? {} : { reverts: taking.reverts };
}

/**
 * A merge of the published pull request that the ledger does not know: GitHub's answer was lost, or nobody was told. A
 * merged change is never built again.
 */
export function unrecordedMerge(view: OnIssue): Merge | undefined {
  const { entries } = view.ledger;
  const taking = openRevert(entries)?.event;
  if (taking !== undefined) return unrecordedRevert(view, taking);
  const published = lastOf(entries, "published");
  const claimed = lastOf(entries, "claimed");
  const known = isLater(published, claimed);
  // Where the run ended between the pull request and the ledger, the branch of the claim tells which one it is.
  const branch = pullBranchOf(claimed);
  const merged = view.snapshot.pullRequests.find(
    ({ number, head, merged: isMerged }) =>
      isMerged && (known ? number === published?.event.pullRequest : head.branch === branch),
  );
  const mergeSha = merged?.mergeSha ?? null;
  if (merged === undefined || mergeSha === null) return undefined;
  if (lastOf(entries, "merged")?.event.commit === mergeSha) return undefined;
  // Merged before the continuing attempt, it is what was published earlier.
  const isPublished = known || published?.event.commit === merged.head.sha;
  const tree = isPublished ? published?.event.tree : treeAtHead(view, mergeSha);
  if (tree === undefined) return undefined;
  const by = merged.mergedBy?.id === view.input.identity.id ? "factory" : "person";
  return { mergeSha, pullRequest: merged.number, tree, by };
}

function treeAtHead({ snapshot: { repository } }: View, commit: string): string | undefined {
  return commit === repository.head ? repository.headTree : undefined;
}

/** The same for a revert. */
function unrecordedRevert(
  { snapshot, input }: OnIssue,
  taking: NonNullable<ReturnType<typeof openRevert>>["event"],
): Merge | undefined {
  const { pullRequest, tree, reverts } = taking;
  const pull = listedPull(snapshot, pullRequest);
  const mergeSha = pull?.mergeSha ?? null;
  if (!pull?.merged || mergeSha === null) return undefined;
  const by = pull.mergedBy?.id === input.identity.id ? "factory" : "person";
  return { mergeSha, pullRequest, tree, by, reverts };
}

interface Merge {
  readonly mergeSha: string;
  readonly pullRequest: number;
  /** The verified tree. */
  readonly tree: string;
  readonly by: "factory" | "person";
  /** The merge that it reverts; absent for an attempt. */
  readonly reverts?: string;
}

/** The factory merges only on the very base that it claimed. For other merges only GitHub knows the parent. */
function parentOf({ ledger: { entries } }: OnIssue, { by, pullRequest, reverts }: Merge) {
  const published = lastOf(entries, "published")?.event;
  const claimed = lastOf(entries, "claimed")?.event;
  const isOwn =
    by === "factory" &&
    reverts === undefined &&
    published?.pullRequest === pullRequest &&
    published.attempt === claimed?.attempt;
  return isOwn ? { parent: claimed.base } : {};
}

/** @param said what led here: entries that stand in the ledger before the merge */
export function recordMerge(
  view: OnIssue,
  said: {
    readonly headline: Headline;
    readonly entries: readonly NewEntry[];
    readonly merge: Merge;
  },
): Decision {
  const { merge } = said;
  const { head, headTree } = view.snapshot.repository;
  // The result of the merge is known only while it is the head. Otherwise the verified tree is the last one that was looked at.
  const tree = merge.mergeSha === head ? headTree : merge.tree;
  const { mergeSha, pullRequest, by, reverts } = merge;
  const landed = { pullRequest, commit: mergeSha, tree, by };
  const entry: NewEntry = {
    stage: "smoking",
    event:
      reverts === undefined
        ? { kind: "merged", ...landed }
        : { kind: "reverted", reverts, ...landed },
  };
  const order = releaseOrderFor(view, {
    actor: view.actor ?? ownActor(view),
    release: { pullRequest, mergeSha, tree, changedPaths: [], ...parentOf(view, merge) },
  });
  const { rings, follows } = afterMerge(view, order);
  // A merge with the factory's token starts no deploy by itself. The run that writes the ledger starts it afterwards.
  const deploy = by === "factory" ? deployEffects(view, { attempt: { order } }, mergeSha) : [];
  const entries = [...said.entries, entry];
  const refused = deploy.map((effect) => receiptOf(view.receipts, effect)).find(wasRefused);
  if (refused !== undefined) {
    const refusal: Refusal = { ...refusalOfReceipt(refused), hint: "deploy-by-hand" };
    return halt(view, { before: entries, refusals: [refusal], left: ["smoking"] });
  }
  return conclude(view, {
    headline: said.headline,
    effects: [
      ledgerEffect(view, { entries }),
      ...labelEffects(view, { stage: "smoking" }),
      ...deploy,
      ...rings,
    ],
    ...follows,
    stage: "smoking",
  });
}
