import { mayCommand } from "../../../domain/actor.ts";
import { COMMANDS, type Command } from "../../../domain/command.ts";
import { receiptOf } from "../../../domain/github/receipt.ts";
import type { ReleaseOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import { askAt } from "../../../wording/issue/asks.ts";
import { readCommand } from "../../observed/command.ts";
import { isAbandoned } from "../../observed/holder.ts";
import { isOnIssue, type OnIssue, type View } from "../../observed/issue-view.ts";
import { entriesOf, lastOf } from "../../observed/ledger.ts";
import { continuedBy } from "../../observed/pull-requests.ts";
import { readDeployed } from "../../observed/release/deployment.ts";
import { lastLanding } from "../../observed/release/landing.ts";
import { spokenOn } from "../../observed/review/words.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { answer, conclude, halt, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects, mendLabels } from "../../outcome/labels.ts";
import { ledgerEffect } from "../../outcome/ledger-entry.ts";
import { ownActor, releaseOrder } from "../../outcome/orders.ts";
import { refuseAtStage, refuseUnknown } from "../../vetoes/command-stage.ts";
import { refuseActor, refuseAndon, refuseEdited } from "../../vetoes/preconditions.ts";
import { askedChanges, wordsToRead } from "../own/asked-changes.ts";
import { commandOnPull, refuseOnPull } from "../own/on-pull.ts";
import { awaitDeploy } from "../release/await-deploy.ts";
import { owedDeployEffects } from "../release/deploy-effects.ts";
import { takeUp } from "./abandoned.ts";
import { assign, explain, prioritize } from "./ask-the-record.ts";
import { followChecks, refuseUnseen } from "./checks.ts";
import { recordMerge, routeMerge, unrecordedMerge } from "./merge.ts";
import { followBase } from "./moved-base.ts";
import { remind } from "./remind.ts";
import { goTo, resume, rework, stop } from "./route-command.ts";

/** Answers commands, doorbells, reviews and merges by people, and says which part of the line is next. */
export function decideRoute(view: View): Decision | Wants {
  const { trigger } = view;
  if (spokenOn(trigger) !== undefined) return routeOnPull(view);
  if (trigger?.kind === "commented") return routeComment(view, trigger.body);
  if (trigger?.kind === "doorbell") return routeDoorbell(view);
  if (trigger?.kind === "pull-request-closed") return routeMerge(view, trigger);
  if (trigger?.kind === "checked") return routeChecked(view);
  const refusal: Refusal = view.triggerRefusal ?? {
    code: "event-not-understood",
    subject: trigger?.kind ?? "nothing",
    accepted: "a command, a review, a doorbell, a merge or the end of a check",
  };
  return stayQuiet(view, [refusal]);
}

/** A review without a command is a ring: what is asked for is read from all that stands there. */
function routeOnPull(view: View): Decision | Wants {
  const early = refuseOnPull(view);
  if (early !== undefined || !isOnIssue(view)) return early ?? stayQuiet(view, []);
  const command = commandOnPull(view);
  return command === undefined ? followStage(view) : obeyOnce(view, command);
}

/** A check of a pull request ended: whoever hears of it looks for itself, and says nothing where nobody waits for it. */
function routeChecked(view: View): Decision | Wants {
  if (!isOnIssue(view) || view.stage !== "gating") {
    return conclude(view, { headline: "nothing-waits", effects: [] });
  }
  return followMerge(view);
}

function routeComment(view: View, body: string): Decision | Wants {
  const command = readCommand(body);
  if (command === undefined) return stayQuiet(view, []);
  const stranger = refuseActor(view.actor);
  if (stranger !== undefined || !isOnIssue(view)) {
    return stayQuiet(view, stranger === undefined ? [] : [stranger]);
  }
  return obeyOnce(view, command);
}

/** A run that is repeated days later brings the same comment again: a command is obeyed once (threats EV-08). */
function obeyOnce(view: OnIssue, command: Command): Decision | Wants {
  const edited = refuseEdited(view);
  if (edited !== undefined) return answer(view, edited);
  const obeyed = entriesOf(view.ledger.entries, "commanded").some(
    ({ event }) => event.comment === view.comment?.id,
  );
  return obeyed ? followStage(view) : obey(view, command);
}

function obey(view: OnIssue, command: Command): Decision | Wants {
  const early = refuseEarly(view, command);
  if (early !== undefined) return answer(view, early);
  switch (command.name) {
    case "approve":
    case "approve-lockfile":
      return conclude(view, { headline: "approval", effects: [], next: "line" });
    case "stop":
      return stop(view);
    case "retry":
    case "resume":
      return resume(view, command.name);
    case "rework":
      return rework(view, command.text);
    case "status":
      return status(view);
    case "explain":
      return explain(view);
    case "priority":
      return prioritize(view, command.priority);
    case "assign-me":
      return assign(view);
    case "unknown":
      return answer(view, refuseUnknown(command.line));
  }
}

/** What starts an attempt is judged by `claim`; an issue without a ledger to believe by whoever obeys. */
function refuseEarly(view: View, { name }: Command): Refusal | undefined {
  const { stage, ledger } = view;
  if (name === "unknown" || COMMANDS[name].obeyedBy !== "route") return undefined;
  if (stage === "new" || ledger.refusal !== undefined) return undefined;
  // Nobody is left to wait for.
  if ((name === "retry" || name === "resume") && isAbandoned(view)) return undefined;
  return refuseAtStage(name, stage);
}

/** Writes the ledger's comment again and puts the labels right: what a person sees is what is known. */
function status(view: OnIssue): Decision {
  const { stage } = view;
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  if (stage === "new" || view.ledger.entries.length === 0) {
    return conclude(view, { headline: "issue-unknown", effects: [] });
  }
  const ask = askAt(stage, view.ledger.entries);
  const again = ledgerEffect(view, { entries: [], ...(ask === undefined ? {} : { ask }) });
  return conclude(view, {
    headline: "ledger-written-again",
    effects: [again, ...labelEffects(view, { stage })],
  });
}

/** A doorbell says a number, nothing else: what is next is what the ledger says. */
function routeDoorbell(view: View): Decision | Wants {
  const { actor } = view;
  const own = actor?.id === view.input.identity.id;
  const stranger =
    own || (actor !== undefined && mayCommand(actor)) ? undefined : refuseActor(actor);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  if (!isOnIssue(view)) {
    const refusal: Refusal = {
      code: "event-not-understood",
      subject: "a doorbell without an issue",
      hint: "pass-an-issue-number",
    };
    return stayQuiet(view, [refusal]);
  }
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  return followStage(view);
}

function followStage(view: OnIssue): Decision | Wants {
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

/** Longer than any job that merges lives: where it has not rung by then, it never will. */
const MERGING_MS = 3_600_000;

/** A deploy that the run of the merge may have died before it rang for comes first: without it nothing is ever seen live. */
function followRelease(view: OnIssue, order: ReleaseOrder): Decision {
  const { entries } = view.ledger;
  const landed = lastLanding(entries);
  const isLooked = (lastOf(entries, "smoked")?.sequence ?? 0) > (landed?.sequence ?? 0);
  // What GitHub shows of a deployment has been rung for.
  const isShown = ["waiting", "live"].includes(readDeployed(view).kind);
  const isOwed =
    landed?.event.by === "factory" &&
    !isLooked &&
    !isShown &&
    millisecondsBetween(landed.at, view.now) >= MERGING_MS;
  const owed = isOwed ? owedDeployEffects(view, { attempt: { order } }, landed.event.commit) : [];
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

/** The word of a merge can be lost like any other: whoever looks again finds it. */
function followMerge(view: OnIssue): Decision | Wants {
  return (
    mergedBefore(view) ??
    handOver(view) ??
    wordsToRead(view) ??
    takeUpChanges(view) ??
    followBase(view) ??
    followChecks(view) ??
    remindOrSay(view)
  );
}

/** Checks that nobody may read are no reason to forget the person who is asked. */
function remindOrSay(view: OnIssue): Decision {
  const unseen = refuseUnseen(view);
  const reminding = remind(view);
  const isSaying = unseen.length > 0 && reminding.effects.length === 0;
  return isSaying ? stayQuiet(view, unseen) : reminding;
}

/** A person's commit on its branch makes the pull request theirs: that is said once, and nothing more is built. */
function handOver(view: OnIssue): Decision | undefined {
  const going = continuedBy(view);
  return "refusal" in going && going.refusal.code === "pull-request-taken"
    ? halt(view, { refusals: [going.refusal] })
    : undefined;
}

/** A review that asks for changes sends the issue back, also where the word of it was lost. */
function takeUpChanges(view: OnIssue): Decision | undefined {
  const entries = askedChanges(view);
  return entries.length === 0 ? undefined : goTo(view, { target: "ready", entries });
}
