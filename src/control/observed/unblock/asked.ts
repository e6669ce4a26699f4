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
}

const ONTO = { unblock: "suggestion", "unblock-push": "branch" } as const;

/** Undefined where nobody asks for it. A label never asks for a commit on the branch: that takes words. */
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
