import { mayCommand } from "../../../domain/actor.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { askAt } from "../../../wording/issue/asks.ts";
import { COMMAND_LIST, type Command, readCommand } from "../../observed/command.ts";
import { isOnIssue, type OnIssue, type View } from "../../observed/issue-view.ts";
import { entriesOf } from "../../observed/ledger.ts";
import type { Decision } from "../../observed/situation.ts";
import { answer, conclude, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect } from "../../outcome/ledger-entry.ts";
import { ownActor, releaseOrder } from "../../outcome/orders.ts";
import { refuseActor, refuseEdited } from "../../vetoes/preconditions.ts";
import { routeMerge } from "./merge.ts";
import { resume, rework, stop } from "./route-command.ts";

/** Answers commands, doorbells and merges by people, and says which part of the line is next. */
export function decideRoute(view: View): Decision {
  const { trigger } = view;
  if (trigger?.kind === "commented") return routeComment(view, trigger.onPullRequest);
  if (trigger?.kind === "doorbell") return routeDoorbell(view);
  if (trigger?.kind === "pull-request-closed") return routeMerge(view, trigger);
  const refusal: Refusal = view.triggerRefusal ?? {
    code: "event-not-understood",
    subject: trigger?.kind ?? "nothing",
    accepted: "a command, a doorbell or a merge",
  };
  return stayQuiet(view, [refusal]);
}

function routeComment(view: View, onPullRequest: boolean): Decision {
  const command = view.trigger?.kind === "commented" ? readCommand(view.trigger.body) : undefined;
  if (command === undefined) return stayQuiet(view, []);
  const stranger = refuseActor(view.actor) ?? (onPullRequest ? elsewhere() : undefined);
  if (stranger !== undefined || !isOnIssue(view)) {
    return stayQuiet(view, stranger === undefined ? [] : [stranger]);
  }
  const edited = refuseEdited(view);
  if (edited !== undefined) return answer(view, edited);
  // A run that is repeated days later brings the same comment again: a command is obeyed once (threats EV-08).
  const obeyed = entriesOf(view.ledger.entries, "commanded").some(
    ({ event }) => event.comment === view.comment?.id,
  );
  return obeyed ? followStage(view) : obey(view, command);
}

function elsewhere(): Refusal {
  return {
    code: "event-not-understood",
    subject: "a command on a pull request",
    accepted: "commands on the issue",
    next: "write the command on the issue that the pull request closes",
  };
}

function obey(view: OnIssue, command: Command): Decision {
  switch (command.name) {
    case "approve":
    case "approve-lockfile":
      return conclude(view, { headline: "an approval", effects: [], next: "line" });
    case "stop":
      return stop(view);
    case "retry":
    case "resume":
      return resume(view, command.name);
    case "rework":
      return rework(view, command.text);
    case "status":
      return status(view);
    case "unknown":
      return answer(view, {
        code: "event-not-understood",
        subject: command.line,
        accepted: COMMAND_LIST,
      });
  }
}

/** Writes the ledger's comment again and puts the labels right: what a person sees is what is known. */
function status(view: OnIssue): Decision {
  const { stage } = view;
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  if (stage === "new" || view.ledger.entries.length === 0) {
    return conclude(view, { headline: "nothing is known of this issue yet", effects: [] });
  }
  const ask = askAt(stage, view.ledger.entries);
  const again = ledgerEffect(view, { entries: [], ...(ask === undefined ? {} : { ask }) });
  return conclude(view, {
    headline: "the ledger was written again",
    effects: [again, ...labelEffects(view, { stage })],
  });
}

/** A doorbell says a number, nothing else: what is next is what the ledger says. */
function routeDoorbell(view: View): Decision {
  const { actor } = view;
  const own = actor?.id === view.input.identity.id;
  const stranger =
    own || (actor !== undefined && mayCommand(actor)) ? undefined : refuseActor(actor);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  if (!isOnIssue(view)) {
    const refusal: Refusal = {
      code: "event-not-understood",
      subject: "a doorbell without an issue",
      next: "pass the number of an issue as the input `issue`",
    };
    return stayQuiet(view, [refusal]);
  }
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  return followStage(view);
}

function followStage(view: OnIssue): Decision {
  switch (view.stage) {
    case "queued":
      return conclude(view, { headline: "the issue is read next", effects: [], next: "intake" });
    case "ready":
      return conclude(view, { headline: "an attempt is next", effects: [], next: "line" });
    case "smoking": {
      const order = releaseOrder(view, view.actor ?? ownActor(view));
      return order === undefined
        ? answer(view, { code: "ledger-invalid", subject: "smoking", found: "no merge is known" })
        : conclude(view, {
            headline: "the smoke test is next",
            effects: [],
            next: "release",
            order,
          });
    }
    default:
      return conclude(view, { headline: "nothing is waiting for the factory", effects: [] });
  }
}
