import type { LabelledPull } from "../../../domain/github/snapshot.ts";
import type { Unblock } from "../../../domain/github/unblock.ts";
import { unblockLabel } from "../../../domain/label.ts";
import { readCommand } from "../command.ts";
import type { Trigger } from "../event.ts";

/** A request to mend a pull request: by a comment on it, or by the label. */
export interface AskedToUnblock {
  readonly pullRequest: number;
  readonly onto: Unblock["onto"];
  /** Absent if the label says it. */
  readonly comment?: number;
  /** The label as it is now; absent if its own event, or a comment, is the request. */
  readonly label?: LabelledPull;
}

const ONTO = { unblock: "suggestion", "unblock-push": "branch" } as const;

/** Undefined if no event of its own asks for it. A label never asks for a commit on the branch; that takes a command. */
export function askedToUnblock(
  trigger: Trigger | undefined,
  prefix: string,
): AskedToUnblock | undefined {
  if (trigger?.kind === "labeled-pull") {
    const isAsked = trigger.label.toLowerCase() === unblockLabel(prefix).toLowerCase();
    return isAsked ? { pullRequest: trigger.pullRequest, onto: "suggestion" } : undefined;
  }
  if (trigger?.kind !== "commented" || !trigger.onPullRequest) return undefined;
  const name = readCommand(trigger.body)?.name;
  return name === "unblock" || name === "unblock-push"
    ? { pullRequest: trigger.issue, onto: ONTO[name], comment: trigger.comment }
    : undefined;
}

/** The number by which it was asked for, whether or not the label is still there. */
export function pullAskedFor(trigger: Trigger | undefined, prefix: string): number | undefined {
  return trigger?.kind === "doorbell"
    ? trigger.issue
    : askedToUnblock(trigger, prefix)?.pullRequest;
}
