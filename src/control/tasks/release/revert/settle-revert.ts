import type { Effect } from "../../../../domain/github/effect.ts";
import { type FailedOf, receiptOf, wasRefused } from "../../../../domain/github/receipt.ts";
import type { RevertOrder } from "../../../../domain/order.ts";
import type { Refusal } from "../../../../domain/refusal.ts";
import type { Stage } from "../../../../domain/stage.ts";
import { askForRevert } from "../../../../wording/issue/asks.ts";
import { authorityOverRevert, isSealed, weighRevert } from "../../../gate/revert-gate.ts";
import { isOnIssue, type OnIssue, repositoryUrl, type View } from "../../../observed/issue-view.ts";
import { lastOf } from "../../../observed/ledger/ledger.ts";
import { readProposal, spentBy } from "../../../observed/proposals.ts";
import { refusalOfReceipt } from "../../../observed/receipts.ts";
import { lastLanding, openRevert } from "../../../observed/release/landing.ts";
import type { Decision } from "../../../observed/situation.ts";
import { askEffect } from "../../../outcome/ask.ts";
import { conclude, halt, stayQuiet } from "../../../outcome/conclude.ts";
import { labelEffects } from "../../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../../outcome/ledger-entry.ts";
import { readOrder, releaseOrderFor } from "../../../outcome/orders.ts";
import { refuseExposed } from "../../../vetoes/exposed-workflows.ts";
import { refuseStopped } from "../../../vetoes/preconditions.ts";
import { afterMerge } from "../await-deploy.ts";
import { deployEffects } from "../deploy-effects.ts";
import {
  checkOfRevert,
  claimRevert,
  commitRevert,
  mergeRevert,
  openRevertRequest,
  type PassedRevert,
  type PublishedRevert,
  revertingEntry,
} from "./publish-revert.ts";

/**
 * Settles the revert of a merge: the same steps as for any change, with a gate without reviewer. It ignores the andon,
 * because it repairs; a person's stop still holds.
 */
export function decideRevert(view: View): Decision {
  if (!isOnIssue(view)) {
    return stayQuiet(view, [{ code: "event-not-understood", subject: "no issue to settle" }]);
  }
  const pinned = readOrder(view, "revert");
  if ("refusal" in pinned) return halt(view, { refusals: [pinned.refusal], stage: "same" });
  const { order } = pinned;
  const verify = readProposal(view, { worker: "verify", order });
  const spent = spentBy(view, { verify }, order);
  const lost = view.ledger.refusal ?? refuseLanding(view, order);
  if (lost !== undefined) return halt(view, { refusals: [lost], stage: "same", ...spent });
  const stopped = refuseStopped(view) ?? refuseExposed(view);
  if (stopped !== undefined) return halt(view, { refusals: [stopped], ...spent });
  if (verify.kind !== "proposal") return halt(view, { refusals: [verify.refusal], ...spent });
  const sealed = isSealed(view.input.sealKey);
  const gate = { order, verify: verify.proposal, sealed };
  const { refusals, outcomes } = weighRevert(gate);
  if (refusals.length > 0) return halt(view, { refusals, ...spent });
  return publishRevert(view, { gate, outcomes, authority: authorityOverRevert(gate), spent });
}

/** The ledger must still match the order: this merge was the last, and its smoke test failed. */
function refuseLanding({ ledger, stage }: OnIssue, { revert }: RevertOrder): Refusal | undefined {
  const landing = lastLanding(ledger.entries)?.event;
  const smoked = lastOf(ledger.entries, "smoked")?.event;
  const isBroken =
    stage === "smoking" &&
    landing?.kind === "merged" &&
    landing.commit === revert.mergeSha &&
    smoked?.commit === revert.mergeSha &&
    smoked.status === "failed";
  return isBroken
    ? undefined
    : {
        code: "order-invalid",
        subject: "the merge it takes back",
        found: revert.mergeSha,
        accepted: `${landing?.commit ?? "none"}, failed, at the stage smoking`,
      };
}

function next(view: OnIssue, ...effects: readonly Effect[]): Decision {
  return conclude(view, { headline: "publishing", effects });
}

function publishRevert(view: OnIssue, passed: PassedRevert): Decision {
  const { spent, gate, authority } = passed;
  const claim = claimRevert(gate.order);
  const claimed = receiptOf(view.receipts, claim);
  if (claimed === undefined) return next(view, claim);
  // If the branch already exists, the commit shows whether an earlier run made it.
  if (wasRefused(claimed)) return halt(view, { refusals: [refusalOfReceipt(claimed)], ...spent });
  const commit = commitRevert(passed);
  const committed = receiptOf(view.receipts, commit);
  if (committed === undefined) return next(view, commit);
  if (wasRefused(committed)) {
    return halt(view, { refusals: [refusalOfReceipt(committed)], ...spent });
  }
  const opening = openRevertRequest(view, passed);
  const opened = receiptOf(view.receipts, opening);
  if (opened === undefined) return next(view, opening);
  if (wasRefused(opened)) return halt(view, { refusals: [refusalOfReceipt(opened)], ...spent });
  const published = { ...passed, commit: committed.sha, pullRequest: opened.number };
  const check = checkOfRevert(published);
  const shown = receiptOf(view.receipts, check) === undefined ? [check] : [];
  const said = authority.by === "factory" ? saidAhead(view, published) : [];
  if (shown.length + said.length > 0) return next(view, ...shown, ...said);
  return mergeOrAsk(view, published);
}

/**
 * The ledger records the change before it is merged, so that a later run finds the merge if this one dies. If the ledger
 * cannot be written, production is still repaired.
 */
function saidAhead(view: OnIssue, published: PublishedRevert): readonly Effect[] {
  if (isSaid(view, published)) return [];
  const ahead = ledgerEffect(view, { entries: [revertingEntry(published, "smoking")] });
  return receiptOf(view.receipts, ahead) === undefined ? [ahead] : [];
}

/** Whether the ledger records it, as read. It is read once more before the merge. */
function isSaid({ ledger }: OnIssue, { commit }: PublishedRevert): boolean {
  return openRevert(ledger.entries)?.event.commit === commit;
}

function unsaid(view: OnIssue, published: PublishedRevert, stage: Stage): readonly NewEntry[] {
  return isSaid(view, published) ? [] : [revertingEntry(published, stage)];
}

function mergeOrAsk(view: OnIssue, published: PublishedRevert): Decision {
  const { authority, gate } = published;
  if (authority.by === "person") return askPerson(view, published);
  const merging = mergeRevert(published);
  const receipt = receiptOf(view.receipts, merging);
  const { head, defaultBranch } = view.snapshot.repository;
  if (receipt === undefined) {
    const { base } = gate.order;
    return head === base
      ? next(view, merging)
      : askPerson(view, published, {
          code: "base-moved",
          subject: defaultBranch,
          found: head,
          accepted: base,
        });
  }
  return wasRefused(receipt)
    ? notMerged(view, published, receipt)
    : landed(view, published, receipt.sha);
}

/** The issue waits for a person, and so does the line: the andon of the failure stays up. */
function askPerson(view: OnIssue, published: PublishedRevert, refusal?: Refusal): Decision {
  const { authority, pullRequest, gate } = published;
  const why: NewEntry[] =
    refusal === undefined ? [] : [{ stage: "needs-human", event: { kind: "refused", refusal } }];
  const ask = askForRevert({
    pullRequest,
    repository: repositoryUrl(view),
    ...authority,
    sealed: gate.sealed,
    refusal,
  });
  const entries = [...unsaid(view, published, "needs-human"), ...why];
  return conclude(view, {
    headline: "person-merges",
    effects: [
      ledgerEffect(view, { entries, ask }),
      ...labelEffects(view, { stage: "needs-human" }),
      askEffect(view, { entries, lines: ask.split("\n") }),
    ],
    stage: "needs-human",
    refusals: refusal === undefined ? [] : [refusal],
  });
}

function notMerged(
  view: OnIssue,
  published: PublishedRevert,
  receipt: FailedOf<"merge-pull-request">,
): Decision {
  const refusal = refusalOfReceipt(receipt);
  if (receipt.cause === "refused-by-us" && receipt.did === "something-else") {
    const before = unsaid(view, published, "needs-human");
    return halt(view, { before, refusals: [refusal], andon: true });
  }
  return askPerson(view, published, refusal);
}

function landed(view: OnIssue, published: PublishedRevert, commit: string): Decision {
  const { gate, pullRequest } = published;
  const { order, verify } = gate;
  const { tree } = verify.subject;
  const entries: NewEntry[] = [
    ...unsaid(view, published, "smoking"),
    {
      stage: "smoking",
      event: {
        kind: "reverted",
        reverts: order.revert.mergeSha,
        pullRequest,
        commit,
        tree,
        by: "factory",
      },
    },
  ];
  const deploy = deployEffects(view, { attempt: { order } }, commit);
  const refused = deploy.map((effect) => receiptOf(view.receipts, effect)).find(wasRefused);
  if (refused !== undefined) {
    const refusal: Refusal = { ...refusalOfReceipt(refused), hint: "deploy-by-hand" };
    return halt(view, { before: entries, refusals: [refusal], left: ["smoking"] });
  }
  const changedPaths = order.revert.changeSet.files.map(({ path }) => path).slice(0, 300);
  const { rings, follows } = afterMerge(
    view,
    releaseOrderFor(view, {
      actor: order.actor,
      release: { pullRequest, mergeSha: commit, tree, changedPaths },
    }),
  );
  return conclude(view, {
    headline: { code: "taken-back", commit },
    effects: [ledgerEffect(view, { entries }), ...deploy, ...rings],
    ...follows,
    attempt: order.revert.attempt,
    stage: "smoking",
  });
}
