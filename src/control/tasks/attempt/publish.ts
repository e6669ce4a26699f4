import type { Effect } from "../../../domain/github/effect.ts";
import {
  type DoneOf,
  type FailedOf,
  type Receipt,
  receiptOf,
  wasDone,
  wasRefused,
} from "../../../domain/github/receipt.ts";
import { sealKeysOf } from "../../../domain/ledger/seal-key.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { askForMerge, reasonForPerson } from "../../../wording/issue/asks.ts";
import { areRunsHeld } from "../../exposure/branch-workflows.ts";
import { pathsOf } from "../../gate/change-rules.ts";
import { type OnIssue, repositoryUrl, type View } from "../../observed/issue-view.ts";
import { refusalOfReceipt } from "../../observed/receipts.ts";
import type { Decision } from "../../observed/situation.ts";
import { askWhenAwake } from "../../outcome/ask.ts";
import { conclude, halt } from "../../outcome/conclude.ts";
import { doorbell } from "../../outcome/doorbell.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { releaseOrderFor } from "../../outcome/orders.ts";
import { refuseAskedChanges } from "../own/asked-changes.ts";
import { afterMerge } from "../release/await-deploy.ts";
import { deployEffects } from "../release/deploy-effects.ts";
import { tolerated, unanswered, unasked, unrequested, unshown } from "./display.ts";
import { makeAnewNext } from "./make-anew.ts";
import {
  commitEffect,
  mergeEffect,
  type Passed,
  type Published,
  pullRequestEffect,
} from "./publication.ts";
import { publishedHere, saidAhead } from "./said-ahead.ts";

/** Whether the pull request of this branch was merged before. A repeated run finds its own work done. */
export function mergedAlready(view: View, branch: string | undefined): boolean {
  return view.snapshot.pullRequests.some(({ head, merged }) => merged && head.branch === branch);
}

/** Publishes in order: the commit, the pull request, then the checklist with the merge or the question. Each step needs the receipt of the one before it. */
export function publish(view: OnIssue, passed: Passed): Decision {
  const commit = commitEffect(passed);
  const committed = receiptOf(view.receipts, commit);
  if (committed === undefined) return publishNext(view, commit);
  if (wasRefused(committed)) return stopped(view, passed, refusalOfReceipt(committed));
  return offer(view, passed, committed.sha);
}

/** The pull request of the commit: opened, or rewritten if the attempt continues one. */
function offer(view: OnIssue, passed: Passed, commit: string): Decision {
  const { continues } = passed.attempt.order;
  const opening = pullRequestEffect(view, passed);
  const opened = view.receipts.find(
    ({ kind, key }) => kind === opening.kind && key === opening.key,
  );
  if (opened === undefined)
    return publishNext(view, ...aheadOfOffer(view, passed, commit), opening);
  const number = numberOf(opened) ?? continues?.pullRequest;
  const refused = wasRefused(opened) ? refusalOfReceipt(opened) : undefined;
  if (number === undefined || (refused !== undefined && continues === undefined)) {
    return stopped(view, passed, refused ?? { code: "state-unknown", subject: opening.kind });
  }
  const published: Published = { ...passed, commit, pullRequest: number };
  // The commit is already on an open pull request, so the ledger has to record it.
  const stop = refused ?? passed.changed;
  if (stop === undefined) return showAndMerge(view, published);
  const shown = unshown(view, published);
  return shown.length > 0 ? publishNext(view, ...shown) : stopOpened(view, published, stop);
}

/**
 * When the branch of an open pull request moved, its check runs are written together with the ledger entry, before anything else.
 * No later run has the evidence that they show, so an attempt that the ledger calls published must have them.
 */
function aheadOfOffer(view: OnIssue, passed: Passed, commit: string): readonly Effect[] {
  const pullRequest = passed.attempt.order.continues?.pullRequest;
  if (pullRequest === undefined) return [];
  const published: Published = { ...passed, commit, pullRequest };
  return [...unshown(view, published), ...saidAhead(view, published)];
}

function showAndMerge(view: OnIssue, published: Published): Decision {
  const unsaid = unanswered(view, published);
  if (unsaid.length > 0) return publishNext(view, ...unsaid);
  const asked = refuseAskedChanges(view);
  return asked === undefined && published.authority.by === "factory"
    ? merge(view, published)
    : askPerson(view, published, asked);
}

function numberOf(opened: Receipt): number | undefined {
  return opened.kind === "open-pull-request" && wasDone(opened) ? opened.number : undefined;
}

function publishNext(view: OnIssue, ...effects: readonly Effect[]): Decision {
  return conclude(view, { headline: "publishing", effects });
}

function stopped(view: OnIssue, passed: Passed, refusal: Refusal): Decision {
  return halt(view, { refusals: [refusal], ...passed.attempt.spent });
}

/** Published and not merged: the ledger records the pull request, and a person decides about it. */
function stopOpened(view: OnIssue, published: Published, refusal: Refusal): Decision {
  return halt(view, { before: [publishedHere(view, published)], refusals: [refusal] });
}

function askPerson(view: OnIssue, published: Published, refusal?: Refusal): Decision {
  const { authority, pullRequest } = published;
  const shown = [
    ...unshown(view, published),
    ...(refusal?.code === "changes-requested" ? [] : unasked(view, published)),
  ];
  if (shown.length > 0) return publishNext(view, ...shown, ...saidAhead(view, published));
  const ask = askForMerge({
    pullRequest,
    repository: repositoryUrl(view),
    areRunsHeld: areRunsHeld(view.input.identity),
    risk: authority.risk,
    reason: reasonForPerson({ ...authority, sealed: sealKeysOf(view.input.sealKey).length > 0 }),
    refusal,
  });
  const why: NewEntry[] =
    refusal === undefined ? [] : [{ stage: "gating", event: { kind: "refused", refusal } }];
  const entries = [publishedHere(view, published), ...why];
  return conclude(view, {
    headline: "person-merges",
    effects: [
      ledgerEffect(view, { entries, ask }),
      ...labelEffects(view, { stage: "gating", risk: authority.risk.risk }),
      ...(refusal?.code === "changes-requested"
        ? [doorbell(view, view.issue.number)]
        : askWhenAwake(view, { entries, lines: ask.split("\n") })),
    ],
    stage: "gating",
    refusals: [...(refusal === undefined ? [] : [refusal]), ...tolerated(view, published)],
    remarks: unrequested(view, published),
  });
}

function merge(view: OnIssue, published: Published): Decision {
  const merging = mergeEffect(published);
  const receipt = receiptOf(view.receipts, merging);
  if (receipt === undefined) {
    const { moved } = published;
    const shown = unshown(view, published);
    if (moved === undefined) {
      return publishNext(view, ...shown, ...saidAhead(view, published), merging);
    }
    // An attempt that the ledger calls published has its check runs, also if the same change follows on another base.
    return shown.length > 0
      ? publishNext(view, ...shown)
      : (makeAnewNext(view, published, moved) ?? askPerson(view, published, moved));
  }
  if (!wasRefused(receipt)) return released(view, published, receipt);
  return notMerged(view, published, receipt);
}

/** The reason of a failed merge decides who is next. Only a merge with another result than verified stops the line. */
function notMerged(
  view: OnIssue,
  published: Published,
  receipt: FailedOf<"merge-pull-request">,
): Decision {
  const refusal = refusalOfReceipt(receipt);
  switch (receipt.cause) {
    case "withheld":
    case "no-answer":
      // Nobody knows whether it is merged. A person checks, and its content is not judged.
      return stopOpened(view, published, refusal);
    case "refused-by-github":
      return askPerson(view, published, refusal);
    case "refused-by-us":
      if (receipt.did === "nothing") return askPerson(view, published, refusal);
      // The merged content differs from what was verified, so the line stops until a person has looked (DESIGN §2).
      return halt(view, {
        before: [publishedHere(view, published)],
        refusals: [refusal],
        andon: true,
      });
  }
}

function released(
  view: OnIssue,
  published: Published,
  { sha: mergeSha }: DoneOf<"merge-pull-request">,
): Decision {
  const { gate, pullRequest, attempt, authority } = published;
  const { tree } = gate.verify.subject;
  const merged: NewEntry = {
    stage: "smoking",
    event: { kind: "merged", pullRequest, commit: mergeSha, tree, by: "factory" },
  };
  const entries = [publishedHere(view, published), merged];
  const dispatch = deployEffects(view, published, mergeSha);
  const refused = dispatch.map((effect) => receiptOf(view.receipts, effect)).find(wasRefused);
  if (refused !== undefined) {
    const refusal: Refusal = {
      ...refusalOfReceipt(refused),
      hint: "deploy-by-hand",
    };
    return halt(view, { before: entries, refusals: [refusal], left: ["smoking"] });
  }
  const changedPaths = pathsOf(gate).slice(0, 300);
  const order = releaseOrderFor(view, {
    actor: attempt.order.actor,
    release: { pullRequest, mergeSha, tree, changedPaths, parent: gate.order.base },
  });
  const { rings, follows } = afterMerge(view, order);
  return conclude(view, {
    headline: { code: "merged", commit: mergeSha },
    effects: [
      ledgerEffect(view, { entries }),
      ...labelEffects(view, { stage: "smoking", risk: authority.risk.risk }),
      ...dispatch,
      ...rings,
    ],
    ...follows,
    attempt: attempt.order.attempt,
    stage: "smoking",
    refusals: tolerated(view, published),
  });
}
