import { mayCommand } from "../../../domain/actor.ts";
import { COMMANDS, type Command } from "../../../domain/command.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { askAt } from "../../../wording/issue/asks.ts";
import { readCommand } from "../../observed/command.ts";
import {
  isOnIssue,
  isOnWords,
  type OnIssue,
  type OnWords,
  type View,
} from "../../observed/issue-view.ts";
import { entriesOf } from "../../observed/ledger/ledger.ts";
import { tellsOfLoop } from "../../observed/loops/loop-issues.ts";
import { spokenOn } from "../../observed/review/words.ts";
import { isAbandoned } from "../../observed/runs/holder.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { askedToUnblock } from "../../observed/unblock/asked.ts";
import { wishToUnblock } from "../../observed/unblock/wish.ts";
import { answer, conclude, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect } from "../../outcome/ledger-entry.ts";
import { refuseAtStage, refuseUnknown } from "../../vetoes/command-stage.ts";
import { refuseActor, refuseEdited, WORDS_GONE } from "../../vetoes/preconditions.ts";
import { commandAt, refuseOnPull } from "../own/on-pull.ts";
import { decideUnblock } from "../unblock/open.ts";
import { assign, explain, prioritize } from "./ask-the-record.ts";
import { routeClosing } from "./closed-by-hand.ts";
import { followMerge, followStage } from "./follow-stage.ts";
import { routeMerge } from "./merge.ts";
import { resume, rework, stop } from "./route-command.ts";

/** Answers commands, doorbells, reviews and merges by people, and decides which part of the line is next. */
export function decideRoute(view: View): Decision | Wants {
  const { trigger } = view;
  const asked = askedToUnblock(trigger, view.prefix);
  if (asked !== undefined) return decideUnblock(view, asked);
  if (spokenOn(trigger) !== undefined) return routeOnPull(view);
  if (trigger?.kind === "commented") return routeComment(view, trigger.body);
  if (trigger?.kind === "doorbell") return routeDoorbell(view);
  if (trigger?.kind === "pull-request-closed") {
    return routeClosing(view, trigger) ?? routeMerge(view, trigger);
  }
  if (trigger?.kind === "checked") return routeChecked(view);
  const refusal: Refusal = view.triggerRefusal ?? {
    code: "event-not-understood",
    subject: trigger?.kind ?? "nothing",
    accepted: "a command, a review, a doorbell, a merge or the end of a check",
  };
  return stayQuiet(view, [refusal]);
}

/** A review without a command is a ring: the run reads all requests that are there. */
function routeOnPull(view: View): Decision | Wants {
  const early = refuseOnPull(view);
  if (early !== undefined || !isOnIssue(view)) return early ?? stayQuiet(view, []);
  const command = commandAt(view);
  return command === undefined ? followStage(view) : obeyOnce(view, command);
}

/** A check of a pull request ended. The run looks for itself, and says nothing if nobody waits for it. */
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
  // The loop reads it at its next beat. Nothing else waits for it.
  if (tellsOfLoop(view) && command.name === "resume") {
    return conclude(view, { headline: "loop-resumes", effects: [] });
  }
  return obeyOnce(view, command);
}

/** A run that is repeated days later brings the same comment again. A command is obeyed once (threats EV-08). */
function obeyOnce(view: OnIssue, command: Command): Decision | Wants {
  if (!isOnWords(view)) return stayQuiet(view, [WORDS_GONE]);
  const edited = refuseEdited(view);
  if (edited !== undefined) return answer(view, edited);
  const obeyed = entriesOf(view.ledger.entries, "commanded").some(
    ({ event }) => event.comment === view.comment.id,
  );
  return obeyed ? followStage(view) : obey(view, command);
}

function obey(view: OnWords, command: Command): Decision | Wants {
  const early = refuseEarly(view, command);
  if (early !== undefined) return answer(view, early);
  switch (command.name) {
    case "approve":
    case "approve-lockfile":
      return conclude(view, { headline: "approval", effects: [], next: "line" });
    case "verify":
    case "review":
      return conclude(view, { headline: "examination", effects: [], next: "line" });
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
    case "unblock":
    case "unblock-push":
      return answer(view, ON_A_PULL_REQUEST);
    case "unknown":
      return answer(view, refuseUnknown(command.line));
  }
}

const ON_A_PULL_REQUEST: Refusal = {
  code: "event-not-understood",
  subject: "unblock on an issue",
  accepted: "it as a comment on the pull request that is to be mended",
};

/** `claim` judges commands that start an attempt. The run that obeys judges an issue without a trusted ledger. */
function refuseEarly(view: View, { name }: Command): Refusal | undefined {
  const { stage, ledger } = view;
  if (name === "unknown" || COMMANDS[name].obeyedBy !== "route") return undefined;
  if (stage === "new" || ledger.refusal !== undefined) return undefined;
  // Nobody is left to wait for.
  if ((name === "retry" || name === "resume") && isAbandoned(view)) return undefined;
  return refuseAtStage(name, stage);
}

/** Rewrites the ledger's comment and corrects the labels, so that people see the recorded state. */
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

/** A doorbell carries a number, nothing else. The ledger says what is next. */
function routeDoorbell(view: View): Decision | Wants {
  const { actor } = view;
  const own = actor?.id === view.input.identity.id;
  const stranger =
    own || (actor !== undefined && mayCommand(actor)) ? undefined : refuseActor(actor);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  const wish = wishToUnblock(view);
  if (wish !== undefined) return decideUnblock(view, wish);
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
