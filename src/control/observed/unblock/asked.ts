import type { LabelledPull } from "../../../domain/github/snapshot.ts";
import type { Unblock } from "../../../domain/github/unblock.ts";
import { unblockLabel } from "../../../domain/label.ts";
import { readCommand } from "../command.ts";
import type { Trigger } from "../event.ts";

/** That a pull request is to be mended: by a comment on it, or by the label. */
export interface AskedToUnblock {
  readonly pullRequest: number;
  readonly onto: Unblock["onto"];
  /** Absent where the label says it. */
  readonly comment?: number;
  /** The label as it stands there; absent where its own event, or a comment, says it. */
  readonly label?: LabelledPull;
}

const ONTO = { unblock: "suggestion", "unblock-push": "branch" } as const;

/** Undefined where no event of its own asks for it. A label never asks for a commit on the branch: that takes words. */
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

/** The number by which it was asked for, whether or not the label still stands there. */
export function pullAskedFor(trigger: Trigger | undefined, prefix: string): number | undefined {
  return trigger?.kind === "doorbell"
    ? trigger.issue
    : askedToUnblock(trigger, prefix)?.pullRequest;
}
