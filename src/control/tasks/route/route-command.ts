import { digestOfIssue } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { refuseTransition, type Stage } from "../../../domain/stage.ts";
import { ASK_STOPPED } from "../../../wording/issue/asks.ts";
import type { OnIssue, OnWords, View } from "../../observed/issue-view.ts";
import {
  highestAttempt,
  highestBranch,
  isLater,
  lastOf,
  retryPast,
} from "../../observed/ledger/ledger.ts";
import { continuedBy, pullBranchOf, resumePast, takenAt } from "../../observed/pull-requests.ts";
import { lastLanding } from "../../observed/release/landing.ts";
import type { Decision, Next, Wants } from "../../observed/situation.ts";
import { answer, conclude, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { ownActor, releaseOrder } from "../../outcome/orders.ts";
import { readContract } from "../../vetoes/approved-contract.ts";
import { refusePullClosed } from "../../vetoes/closed-pull.ts";
import { sentBackBy, wordsToRead } from "../own/asked-changes.ts";
import { findingsOf, heardEntries } from "../own/open-words.ts";
import { abandoned } from "./abandoned.ts";
import { recordMerge, unrecordedMerge } from "./merge.ts";

/** Labels first, because people and other runs see them soonest. The run that settles finds that it may not publish. */
export function stop(view: OnWords): Decision {
  const labels = labelEffects(view, { stage: "needs-human" });
  if (view.ledger.refusal !== undefined || view.stage === "new") {
    return view.stage === "new"
      ? stayQuiet(view, [
          { code: "illegal-transition", subject: "an issue that is not in the line" },
        ])
      : answer(view, view.ledger.refusal ?? { code: "ledger-invalid", subject: "the ledger" });
  }
  const entries = [...abandoned(view), commanded(view, { stage: "needs-human", command: "stop" })];
  return conclude(view, {
    headline: "stopped-by-person",
    effects: [...labels, ledgerEffect(view, { entries, ask: ASK_STOPPED })],
    stage: "needs-human",
  });
}

function commanded(
  { actor, comment }: OnWords,
  { stage, command }: { readonly stage: Stage; readonly command: string },
): NewEntry {
  const event = { kind: "commanded", by: actor.id, command, comment: comment.id } as const;
  return { stage, by: "person", event };
}

const NEXT: Partial<Record<Stage, Next>> = { queued: "intake", ready: "line", smoking: "release" };

/** Goes on from where the issue stands, as far forward as what stands on it still allows. */
export function resume(view: OnWords, word: "retry" | "resume"): Decision {
  const past = highestBranch(view.branches, view.issue.number);
  const unknown = past > highestAttempt(view.ledger.entries) ? past : 0;
  const command = unknown === 0 ? word : retryPast(unknown);
  const { refusal, ambiguous } = view.ledger;
  if (refusal !== undefined && ambiguous === true) return answer(view, refusal);
  if (refusal !== undefined) return startAnew(view, retryPast(past));
  const merge = unrecordedMerge(view);
  const before = abandoned(view);
  const stage = before.at(-1)?.stage ?? view.stage;
  if (merge !== undefined && (stage === "gating" || stage === "needs-human")) {
    const entries = [...before, commanded(view, { stage, command })];
    return recordMerge(view, {
      headline: "merge-found",
      entries,
      merge,
    });
  }
  return takeBack(view, word, before) ?? goOn(view, { word, command, before, stage });
}

function goOn(
  view: OnWords,
  from: {
    readonly word: string;
    readonly command: string;
    readonly before: readonly NewEntry[];
    readonly stage: OnIssue["stage"];
  },
): Decision {
  const { word, command, before, stage } = from;
  const target = targetOf(view, stage);
  if (target === undefined) return answer(view, refuseWithoutMerge(view, word));
  const built = target === "ready" ? refuseBuilt(view) : undefined;
  if (built !== undefined) return answer(view, built);
  const entries = [...before, commanded(view, { stage: target, command })];
  return goTo(view, { target, entries });
}

/** A person gives the pull request back as it is. The next attempt is a commit on top of theirs. */
function takeBack(
  view: OnWords,
  word: "retry" | "resume",
  before: readonly NewEntry[],
): Decision | undefined {
  const commit = word === "resume" ? takenAt(view) : undefined;
  if (commit === undefined || !stillApproved(view)) return undefined;
  const entries = [...before, commanded(view, { stage: "ready", command: resumePast(commit) })];
  return goTo(view, { target: "ready", entries });
}

/** At `gating` there is something to continue only once the pull request is merged. */
function refuseWithoutMerge({ stage }: View, word: string): Refusal {
  return {
    code: "illegal-transition",
    subject: `${word} at ${stage}`,
    found: "no merge of its pull request",
    hint: "merge-or-rework",
  };
}

/** A merged change is never built again, even if no run recorded which tree it verified. */
function refuseBuilt(view: OnIssue): Refusal | undefined {
  const { ledger, snapshot } = view;
  const going = continuedBy(view);
  if ("refusal" in going) return going.refusal;
  const claimed = lastOf(ledger.entries, "claimed");
  const known = lastOf(ledger.entries, "merged")?.event.pullRequest;
  const merged = snapshot.pullRequests.find(
    (pull) => pull.merged && pull.number !== known && pull.head.branch === pullBranchOf(claimed),
  );
  return merged === undefined
    ? undefined
    : {
        code: "state-unknown",
        subject: `pull request ${merged.number}`,
        found: "it is merged, and no run wrote down which tree it verified",
        hint: "open-a-new-issue",
      };
}

/** The stage that a person's retry leads to; undefined if there is nothing to retry. */
function targetOf(view: OnIssue, stage: OnIssue["stage"]): Stage | undefined {
  switch (stage) {
    case "new":
    case "queued":
    case "needs-info":
    case "proposed":
    case "blocked":
      return "queued";
    case "ready":
      return stillApproved(view) ? "ready" : "queued";
    case "needs-human":
      if (isMerged(view)) return "smoking";
      return stillApproved(view) ? "ready" : "queued";
    case "smoking":
      return "smoking";
    case "building":
    case "gating":
    case "done":
      return undefined;
  }
}

function isMerged({ ledger: { entries } }: View): boolean {
  const landed = lastLanding(entries);
  // A reverted merge whose production is well again is sent back, so there is something to build.
  const over = ["claimed", "sent-back"] as const;
  return over.every((kind) => isLater(landed, lastOf(entries, kind)));
}

function stillApproved(view: OnIssue): boolean {
  return "contract" in readContract(view);
}

export function goTo(
  view: OnIssue,
  step: { readonly target: Stage; readonly entries: readonly NewEntry[] },
): Decision {
  const { target, entries } = step;
  const next = NEXT[target] ?? "none";
  const order = target === "smoking" ? releaseOrder(view, view.actor ?? ownActor(view)) : undefined;
  return conclude(view, {
    headline: { code: "sent-on", stage: target },
    effects: [ledgerEffect(view, { entries }), ...labelEffects(view, { stage: target })],
    next,
    ...(order === undefined ? {} : { order }),
    stage: target,
  });
}

/** A person's word over a ledger that cannot be trusted: a new one begins, which knows the branches that exist. */
function startAnew(view: OnWords, command: string): Decision {
  const { issue } = view;
  const entry = commanded(view, { stage: "queued", command });
  const submitted: NewEntry = {
    stage: "queued",
    by: "person",
    event: { kind: "submitted", by: view.actor.id, issue: digestOfIssue(issue) },
  };
  return conclude(view, {
    headline: "ledger-begun-anew",
    effects: [
      ledgerEffect(view, { entries: [submitted, entry], anew: true }),
      ...labelEffects(view, { stage: "queued" }),
    ],
    next: "intake",
    stage: "queued",
  });
}

/** Before an attempt, the contract is rewritten with the remark. After one, the next attempt gets it as a finding. */
export function rework(view: OnWords, text: string): Decision | Wants {
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  const claimed = lastOf(view.ledger.entries, "claimed");
  const attempted = view.stage === "gating" || (view.stage === "needs-human" && !isMerged(view));
  if (attempted && claimed !== undefined && stillApproved(view)) {
    const going = continuedBy(view);
    if ("refusal" in going) return answer(view, going.refusal);
    const unread = wordsToRead(view);
    if (unread !== undefined) return unread;
    const own = [...text].slice(0, 150).join("");
    return goTo(view, {
      target: "ready",
      entries: [
        ...closedBefore(view),
        commanded(view, { stage: "ready", command: "rework" }),
        ...heardEntries(view),
        sentBackBy(view, claimed.event.attempt, [own, ...findingsOf(view)]),
      ],
    });
  }
  const illegal =
    view.stage === "new"
      ? undefined
      : refuseTransition({ from: view.stage, to: "queued", by: "person" });
  if (illegal !== undefined) return answer(view, { ...illegal, hint: "merge-or-rework" });
  return goTo(view, {
    target: "queued",
    entries: [commanded(view, { stage: "queued", command: "rework" })],
  });
}

/** A person who asks for rework after closing the pull request already knows that another one is opened. */
function closedBefore(view: OnIssue): readonly NewEntry[] {
  const refusal = refusePullClosed(view);
  return refusal === undefined
    ? []
    : [{ stage: "needs-human", event: { kind: "refused", refusal } }];
}
