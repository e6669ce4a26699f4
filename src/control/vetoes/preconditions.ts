import { type AuthorizedActor, mayCommand } from "../../domain/actor.ts";
import type { AndonLabel, IssueState } from "../../domain/github/snapshot.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { readAndons } from "../observed/andon.ts";
import { readCommand } from "../observed/command.ts";
import type { View } from "../observed/issue-view.ts";
import { entriesOf, lastOf } from "../observed/ledger/ledger.ts";
import { remainingUsd } from "../outcome/orders.ts";

/** Only a person with write access commands the factory. The API is asked for their permission (threats AG-20, EV-05). */
export function refuseActor(actor: AuthorizedActor | undefined): Refusal | undefined {
  if (actor === undefined) {
    return { code: "actor-not-permitted", subject: "nobody", found: "the comment is gone" };
  }
  if (mayCommand(actor)) return undefined;
  return {
    code: "actor-not-permitted",
    subject: actor.login,
    found: `${actor.type} with ${actor.permission}`,
    accepted: "a user with write, maintain or admin",
  };
}

/** Accepts scheduled runs without an actor. Any other start has to come from a person. */
export function refuseCaller({ trigger, triggerRefusal, actor }: View): Refusal | undefined {
  if (trigger === undefined) return triggerRefusal;
  return trigger.kind === "schedule" ? undefined : refuseActor(actor);
}

/** A command holds as it was written: an edited comment commands nothing (threats EV-07). */
export const WORDS_GONE: Refusal = {
  code: "event-not-understood",
  subject: "what was said",
  found: "it is gone, or it was edited after it was written",
  hint: "command-anew",
};

export function refuseEdited({ trigger, comment }: View): Refusal | undefined {
  const isSaid = trigger?.kind === "commented" || trigger?.kind === "reviewed";
  if (!isSaid || comment === undefined) return undefined;
  if (comment.createdAt === comment.updatedAt && comment.body === trigger.body) return undefined;
  return {
    code: "event-not-understood",
    subject: `comment ${comment.id}`,
    found: "it was edited after it was written",
    hint: "command-anew",
  };
}

export function refuseClosed(issue: IssueState): Refusal | undefined {
  if (issue.state === "open" && !issue.locked) return undefined;
  return {
    code: "issue-changed",
    subject: `issue ${issue.number}`,
    found: issue.state === "closed" ? "it is closed" : "its conversation is locked",
    accepted: "an open issue that is not locked",
    hint: "open-or-unlock",
  };
}

/** The stop. Everything that moves work checks it first; repairs ignore it (DESIGN §3). */
export function refuseAndon(view: View): Refusal | undefined {
  const andons = readAndons(view);
  if ("unknown" in andons) {
    return { code: "state-unknown", subject: "the andon", found: andons.unknown };
  }
  const { standing } = andons.known;
  if (standing.length === 0) return undefined;
  const issues = standing.map(({ issue }) => `issue ${issue}`).join(", ");
  return {
    code: "andon-raised",
    subject: issues.slice(0, 300),
    found: standing.map(sayLabeller).join("; ").slice(0, 2_000),
    hint: "lower-the-andon",
  };
}

function sayLabeller({ issue, by }: AndonLabel): string {
  return "known" in by
    ? `${by.known.login} put the label on issue ${issue}`
    : `who put the label on issue ${issue} is not known: ${by.unknown}`;
}

/**
 * A stop holds from the moment at which a person wrote it, even if its job has not run, or somebody later restored an
 * older ledger (threats GOV-03, OUT-07).
 */
export function refuseStopped(view: View): Refusal | undefined {
  const { entries } = view.ledger;
  const claimed = lastOf(entries, "claimed");
  const heard = new Set(entriesOf(entries, "commanded").map(({ event }) => event.comment));
  // GitHub reports whole seconds, so a stop in the second of the claim counts.
  const since = secondOf(claimed?.at ?? view.now);
  const stop = view.comments.find(
    ({ id, author, body, createdAt }) =>
      !heard.has(id) &&
      mayCommand(author) &&
      readCommand(body)?.name === "stop" &&
      secondOf(createdAt) >= since,
  );
  return stop === undefined
    ? undefined
    : {
        code: "stopped-by-person",
        subject: `attempt ${claimed?.event.attempt ?? 0}`,
        found: `${stop.author.login} wrote it in comment ${stop.id}`,
        hint: "retry",
      };
}

/** The first nineteen characters of an ISO 8601 time in UTC, which sort as the times do. */
function secondOf(at: string): string {
  return at.slice(0, 19);
}

export function refuseSpent(view: View): Refusal | undefined {
  const left = remainingUsd(view);
  const limit = view.config.limits.usdPerIssue;
  if (left > 0) return undefined;
  return {
    code: "budget-exhausted",
    subject: "USD for this issue",
    found: `${(limit - left).toFixed(2)} spent`,
    accepted: `less than ${limit}`,
  };
}
