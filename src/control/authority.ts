import { type AuthorizedActor, mayCommand } from "../domain/actor.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { IssueState } from "../domain/snapshot.ts";
import { remainingUsd } from "./orders.ts";
import type { View } from "./view.ts";

/** Only a person with write commands the factory, and the API is asked who that is (threats AG-20, EV-05). */
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

/** A command holds as it was written: an edited comment commands nothing (threats EV-07). */
export function refuseEdited({ trigger, comment }: View): Refusal | undefined {
  if (trigger?.kind !== "commented" || comment === undefined) return undefined;
  if (comment.createdAt === comment.updatedAt && comment.body === trigger.body) return undefined;
  return {
    code: "event-not-understood",
    subject: `comment ${comment.id}`,
    found: "it was edited after it was written",
    next: "write the command as a new comment",
  };
}

export function refuseClosed(issue: IssueState): Refusal | undefined {
  if (issue.state === "open" && !issue.locked) return undefined;
  return {
    code: "issue-changed",
    subject: `issue ${issue.number}`,
    found: issue.state === "closed" ? "it is closed" : "its conversation is locked",
    accepted: "an open issue that is not locked",
    next: "open or unlock it, then comment `/factory retry`",
  };
}

/** The stop: everything that moves work asks it first, and what cures does not ask (DESIGN §3). */
export function refuseAndon({ snapshot }: View): Refusal | undefined {
  if (snapshot.andon.length === 0) return undefined;
  const issues = snapshot.andon.map((number) => `issue ${number}`).join(", ");
  return {
    code: "andon-raised",
    subject: issues.slice(0, 300),
    next: `settle ${issues.slice(0, 200)} and take the andon label off, then comment \`/factory resume\``,
  };
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
