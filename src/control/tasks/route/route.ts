import { mayCommand } from "../../../domain/actor.ts";
import { leaseOfBranch } from "../../../domain/lease.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { askAt } from "../../../wording/issue/asks.ts";
import { COMMAND_LIST, type Command, readCommand } from "../../observed/command.ts";
import type { View } from "../../observed/issue-view.ts";
import { entriesOf, lastOf } from "../../observed/ledger.ts";
import type { Decision } from "../../observed/situation.ts";
import { answer, conclude, stayQuiet } from "../../outcome/conclude.ts";
import { labelEffects } from "../../outcome/labels.ts";
import { ledgerEffect, type NewEntry } from "../../outcome/ledger-entry.ts";
import { ownActor, releaseOrder, releaseOrderFor } from "../../outcome/orders.ts";
import { refuseActor, refuseEdited } from "../../vetoes/preconditions.ts";
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
  if (stranger !== undefined || view.issue === undefined) {
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

function obey(view: View, command: Command): Decision {
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
function status(view: View): Decision {
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
  if (view.issue === undefined) {
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

function followStage(view: View): Decision {
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

/** A person merged the factory's pull request: the factory goes on from there. Its own merges were settled by settle. */
function routeMerge(
  view: View,
  closed: { readonly pullRequest: number; readonly branch: string },
): Decision {
  const lease = leaseOfBranch(closed.branch);
  const pullRequest = view.snapshot.pullRequests.find(
    ({ number }) => number === closed.pullRequest,
  );
  const mergeSha = pullRequest?.mergeSha ?? null;
  if (
    lease === undefined ||
    view.issue === undefined ||
    !pullRequest?.merged ||
    mergeSha === null
  ) {
    return conclude(view, { headline: "no merge of the factory's work", effects: [] });
  }
  if (pullRequest.mergedBy?.id === view.input.identity.id) {
    return conclude(view, { headline: "the factory's own merge, settled already", effects: [] });
  }
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  const published = lastOf(view.ledger.entries, "published");
  if (published?.event.pullRequest !== closed.pullRequest) {
    // A fork can name its branch like one of ours: only the ledger knows which pull requests are the factory's.
    const subject = `pull request ${closed.pullRequest}`;
    return stayQuiet(view, [
      { code: "event-not-understood", subject, found: "the ledger does not know it" },
    ]);
  }
  if (lastOf(view.ledger.entries, "merged")?.event.commit === mergeSha) {
    return conclude(view, { headline: "this merge is known", effects: [] });
  }
  if (view.stage !== "gating" && view.stage !== "needs-human") {
    return answer(view, {
      code: "illegal-transition",
      subject: `${view.stage} → smoking`,
      found: `a person merged pull request ${closed.pullRequest}`,
      accepted: "gating or needs-human",
    });
  }
  return recordMerge(view, { mergeSha, ...published.event });
}

function recordMerge(
  view: View,
  merge: { readonly mergeSha: string; readonly pullRequest: number; readonly tree: string },
): Decision {
  const { head, headTree } = view.snapshot.repository;
  // What the merge made is known only while it is the head; else the verified tree is the last that anybody looked at.
  const tree = merge.mergeSha === head ? headTree : merge.tree;
  const { mergeSha, pullRequest } = merge;
  const entry: NewEntry = {
    stage: "smoking",
    event: { kind: "merged", pullRequest, commit: mergeSha, tree, by: "person" },
  };
  return conclude(view, {
    headline: "a person merged it",
    effects: [
      ledgerEffect(view, { entries: [entry] }),
      ...labelEffects(view, { stage: "smoking" }),
    ],
    next: "release",
    order: releaseOrderFor(view, {
      actor: view.actor ?? ownActor(view),
      release: { pullRequest, mergeSha, tree, changedPaths: [] },
    }),
    stage: "smoking",
  });
}
