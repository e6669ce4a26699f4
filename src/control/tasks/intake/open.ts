import { type AuthorizedActor, mayCommand } from "../../../domain/actor.ts";
import { stageLabel } from "../../../domain/label.ts";
import { digestOfIssue, type IntakeOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { refuseTransition } from "../../../domain/stage.ts";
import { readCommand } from "../../observed/command.ts";
import { isOnIssue, type OnIssue, type View } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { commonOrder, issueTextOf, priorAttempts } from "../../outcome/orders.ts";
import { refuseDuplicate } from "../../vetoes/duplicate.ts";
import {
  refuseActor,
  refuseAndon,
  refuseClosed,
  refuseEdited,
  refuseSpent,
} from "../../vetoes/preconditions.ts";
import { refuseReading } from "../../vetoes/turn.ts";

/** Whether an issue may be read, and for whom. A quiet refusal is written nowhere: it concerns a stranger, or a stale ring. */
export type Submission =
  | { readonly kind: "welcome"; readonly actor: AuthorizedActor; readonly view: OnIssue }
  | { readonly kind: "quiet"; readonly refusal: Refusal }
  | {
      readonly kind: "refused";
      readonly actor: AuthorizedActor;
      readonly view: OnIssue;
      readonly refusal: Refusal;
      /** A person has moved the issue on meanwhile, so it stays there. */
      readonly elsewhere: boolean;
      /** Nothing is wrong with the issue. It is read as soon as the day has budget. */
      readonly waits: boolean;
    };

/** The first task. Its token cannot write, so a refusal is only logged. The task that proposes decides the same and writes it. */
export function decideOpen(view: View): Decision {
  const submission = examineSubmission(view);
  if (submission.kind !== "welcome") return stayQuiet(view, [submission.refusal]);
  const { issue, ledger } = submission.view;
  const isNewHere = issue.transferred !== undefined && ledger.entries.length === 0;
  return conclude(view, {
    headline: isNewHere ? "intake-of-transferred" : "intake-next",
    effects: [],
    next: "intake",
    order: intakeOrder(submission),
  });
}

/** If several rang for an issue and another run has read it, no refusal has to be reported. */
function refuseStaleRing(view: OnIssue): Refusal | undefined {
  const isRing = view.trigger?.kind === "doorbell" && view.input.order === undefined;
  return isRing && view.ledger.refusal === undefined ? refuseStage(view) : undefined;
}

function intakeOrder({
  view,
  actor,
}: {
  readonly view: OnIssue;
  readonly actor: AuthorizedActor;
}): IntakeOrder {
  return {
    ...commonOrder(view, "intake", actor),
    issue: issueTextOf(view),
    prior: priorAttempts(view),
  };
}

export function examineSubmission(view: View): Submission {
  const { trigger } = view;
  const actor = submitterOf(view) ?? view.actor;
  if (trigger === undefined || !isOnIssue(view) || actor === undefined) {
    const nothing: Refusal = { code: "event-not-understood", subject: "no issue to read" };
    return { kind: "quiet", refusal: view.triggerRefusal ?? nothing };
  }
  const stranger = refuseRing(view) ?? (goesOn(view) ? undefined : refuseActor(actor));
  const quiet = stranger ?? refuseStaleRing(view);
  if (quiet !== undefined) return { kind: "quiet", refusal: quiet };
  const elsewhere = refuseStage(view);
  const wrong =
    view.ledger.refusal ??
    elsewhere ??
    refuseEdited(view) ??
    view.configRefusal ??
    refuseDuplicate(view) ??
    refuseClosed(view.issue) ??
    refuseAndon(view) ??
    refuseOtherText(view) ??
    refuseUnseenText(view) ??
    refuseSpent(view);
  // Reading costs money: the day's budget is checked before the order is made, and again if no order was made.
  const later = view.input.order === undefined ? refuseReading(view) : undefined;
  const refusal = wrong ?? later;
  return refusal === undefined
    ? { kind: "welcome", actor, view }
    : {
        kind: "refused",
        actor,
        view,
        refusal,
        elsewhere: elsewhere !== undefined,
        waits: wrong === undefined,
      };
}

/** The person whose label got no answer, if the factory rings for it. The run that was told of it has died. */
function submitterOf({ snapshot: { submitter } }: View): AuthorizedActor | undefined {
  return submitter !== undefined && "known" in submitter ? submitter.known : undefined;
}

/**
 * When the factory rings for itself, nobody has checked the text since a person submitted it. Refuses if an author who
 * may not command could have changed it meanwhile (threats EV-02).
 */
function refuseUnseenText(view: OnIssue): Refusal | undefined {
  const { issue } = view;
  const found = unseen(view);
  if (found === undefined || mayCommand(issue.author)) return undefined;
  return {
    code: "issue-changed",
    subject: `issue ${issue.number}`,
    found,
    accepted: "a person's word on the text as it stands now",
    hint: "retry",
  };
}

function unseen(view: OnIssue): string | undefined {
  if (submitterOf(view) !== undefined) {
    return "the run that was told of its label has died, and its author may have changed it since";
  }
  if (!goesOn(view)) return undefined;
  const submitted = lastOf(view.ledger.entries, "submitted")?.event.issue;
  return submitted === digestOfIssue(view.issue)
    ? undefined
    : "its text is not the one that a person submitted, and its author may have changed it since";
}

/** Whether the factory may ring for itself: a person has submitted the issue, by a trusted ledger, and it waited for its turn. */
function goesOn({ trigger, actor, input, ledger }: OnIssue): boolean {
  const own = trigger?.kind === "doorbell" && actor?.id === input.identity.id;
  return own && ledger.refusal === undefined && ledger.entries.length > 0;
}

/** Refuses any start but these: the label, a doorbell, or a command that leads back to the start. */
function refuseRing({ trigger, prefix }: View): Refusal | undefined {
  const queued = stageLabel(prefix, "queued");
  if (trigger?.kind === "doorbell") return undefined;
  if (trigger?.kind === "labeled" && trigger.label.toLowerCase() === queued) return undefined;
  if (trigger?.kind === "commented" && !trigger.onPullRequest) {
    const name = readCommand(trigger.body)?.name;
    if (name === "retry" || name === "resume" || name === "rework") return undefined;
  }
  return {
    code: "event-not-understood",
    subject: trigger?.kind ?? "nothing",
    accepted: `the label ${queued}, or a command`,
  };
}

/** A person who adds the label asks for the issue to be read. Every other ring only continues what the ledger says. */
function refuseStage(view: OnIssue): Refusal | undefined {
  const { trigger, stage, issue, prefix } = view;
  if (trigger?.kind !== "labeled") {
    if (stage === "queued" || (stage === "blocked" && goesOn(view))) return undefined;
    return { code: "illegal-transition", subject: `${stage} → read`, accepted: "the stage queued" };
  }
  const queued = stageLabel(prefix, "queued");
  if (!issue.labels.some((label) => label.toLowerCase() === queued)) {
    return {
      code: "issue-changed",
      subject: `the label ${queued}`,
      found: "it was taken off again",
    };
  }
  return refuseTransition({ from: stage, to: "queued", by: "person" });
}

/** Refuses a text that differs from the one that a person labeled (threats EV-02). */
function refuseOtherText({ trigger, input, issue }: OnIssue): Refusal | undefined {
  const live = digestOfIssue(issue);
  const pinned = [
    trigger?.kind === "labeled" ? digestOfIssue(trigger) : live,
    input.order?.kind === "intake" ? input.order.issue.digest : live,
  ];
  return pinned.every((digest) => digest === live)
    ? undefined
    : {
        code: "issue-changed",
        subject: `issue ${issue.number}`,
        found: "its text is not the one that was submitted",
      };
}
