import { receiptOf } from "../../../domain/github/receipt.ts";
import type { ReleaseOrder } from "../../../domain/order.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { isLater, lastOf } from "../../observed/ledger/ledger.ts";
import { continuedBy } from "../../observed/pull-requests.ts";
import { readDeployed } from "../../observed/release/deployment.ts";
import { lastLanding, openRevert } from "../../observed/release/landing.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { answer, conclude, halt, stayQuiet } from "../../outcome/conclude.ts";
import { mendLabels } from "../../outcome/labels.ts";
import { ownActor, releaseOrder } from "../../outcome/orders.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import { askedChanges, wordsToRead } from "../own/asked-changes.ts";
import { awaitDeploy } from "../release/await-deploy.ts";
import { deployEffects } from "../release/deploy-effects.ts";
import { takeUp } from "./abandoned.ts";
import { followChecks, refuseUnseen } from "./checks.ts";
import { followClosing } from "./closed-by-hand.ts";
import { recordMerge, unrecordedMerge } from "./merge.ts";
import { followBase, followConflicts } from "./moved-base.ts";
import { remind } from "./remind.ts";
import { goTo } from "./route-command.ts";

/** The next step at the stage that the ledger names, for a ring or a command that was already obeyed. */
export function followStage(view: OnIssue): Decision | Wants {
  switch (view.stage) {
    case "queued":
      return conclude(view, { headline: "intake-next", effects: [], next: "intake" });
    case "blocked":
      return refuseAndon(view) === undefined
        ? conclude(view, { headline: "intake-next", effects: [], next: "intake" })
        : conclude(view, { headline: "nothing-waits", effects: mendLabels(view) });
    case "ready":
      return mergedBefore(view) ?? attemptNext(view);
    case "smoking": {
      // The run that reverted the merge may have died before it recorded that.
      const takenBack = openRevert(view.ledger.entries) && mergedBefore(view);
      if (takenBack !== undefined) return takenBack;
      const order = releaseOrder(view, view.actor ?? ownActor(view));
      return order === undefined
        ? answer(view, { code: "ledger-invalid", subject: "smoking", found: "no merge is known" })
        : followRelease(view, order);
    }
    case "building":
      return takeUp(view);
    case "gating":
      return followMerge(view);
    case "needs-human":
      return remind(view);
    default:
      return conclude(view, { headline: "nothing-waits", effects: mendLabels(view) });
  }
}

function attemptNext(view: OnIssue): Decision {
  return conclude(view, { headline: "attempt-next", effects: [], next: "line" });
}

/** Longer than any merging job lives, in milliseconds. A job that has not rung by then never will. */
const MERGING_MS = 3_600_000;

/** A deploy comes first that the merging run may have died before starting. Without it nothing is ever seen live. */
function followRelease(view: OnIssue, order: ReleaseOrder): Decision {
  const { entries } = view.ledger;
  const landed = lastLanding(entries);
  const isLooked = isLater(lastOf(entries, "smoked"), landed);
  // A deployment that GitHub shows has been started.
  const isShown = ["waiting", "live"].includes(readDeployed(view).kind);
  const isOwed =
    landed?.event.by === "factory" &&
    !isLooked &&
    !isShown &&
    millisecondsBetween(landed.at, view.now) >= MERGING_MS;
  const owed = isOwed ? deployEffects(view, { attempt: { order } }, landed.event.commit) : [];
  const isRung = owed.every((effect) => receiptOf(view.receipts, effect) !== undefined);
  return isRung
    ? awaitDeploy(view, order)
    : conclude(view, { headline: "deploy-waits", effects: owed });
}

function mergedBefore(view: OnIssue): Decision | undefined {
  const merge = unrecordedMerge(view);
  return merge === undefined
    ? undefined
    : recordMerge(view, { headline: "merge-found", entries: [], merge });
}

/** The event of a merge can be lost like any other. A later look finds the merge. */
export function followMerge(view: OnIssue): Decision | Wants {
  return (
    mergedBefore(view) ??
    followClosing(view) ??
    handOver(view) ??
    wordsToRead(view) ??
    takeUpChanges(view) ??
    followConflicts(view) ??
    followChecks(view) ??
    followBase(view) ??
    remindOrSay(view)
  );
}

/** Unreadable checks are no reason to forget the person who is asked. */
function remindOrSay(view: OnIssue): Decision {
  const unseen = refuseUnseen(view);
  const reminding = remind(view);
  const isSaying = unseen.length > 0 && reminding.effects.length === 0;
  return isSaying ? stayQuiet(view, unseen) : reminding;
}

/** A person's commit on its branch hands the pull request over to them. That is reported once, and nothing more is built. */
function handOver(view: OnIssue): Decision | undefined {
  const going = continuedBy(view);
  return "refusal" in going && going.refusal.code === "pull-request-taken"
    ? halt(view, { refusals: [going.refusal] })
    : undefined;
}

/** A review that asks for changes sends the issue back, also if its event was lost. */
function takeUpChanges(view: OnIssue): Decision | undefined {
  const entries = askedChanges(view);
  return entries.length === 0 ? undefined : goTo(view, { target: "ready", entries });
}
