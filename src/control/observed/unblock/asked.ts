import { type AuthorizedActor, mayCommand } from "../../../domain/actor.ts";
import type { LabelledPull, Part } from "../../../domain/github/snapshot.ts";
import type { Unblock } from "../../../domain/github/unblock.ts";
import { unblockLabel } from "../../../domain/label.ts";
import { readCommand } from "../command.ts";
import type { Trigger } from "../event.ts";
import type { View } from "../issue-view.ts";

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

type Seen = Pick<View, "trigger" | "prefix" | "snapshot">;

/**
 * The same where somebody rang with the number of a pull request, which carries the label: GitHub starts no run for a label on
 * one that has a conflict, so that the heartbeat rings for it.
 */
export function wishToUnblock({ trigger, prefix, snapshot }: Seen): AskedToUnblock | undefined {
  if (trigger?.kind !== "doorbell") return askedToUnblock(trigger, prefix);
  const label = labelledPulls(snapshot).find(({ pull }) => pull.number === trigger.issue);
  return label === undefined
    ? undefined
    : { pullRequest: label.pull.number, onto: "suggestion", label };
}

function labelledPulls({ unblocking }: View["snapshot"]): readonly LabelledPull[] {
  return unblocking === undefined || "unknown" in unblocking ? [] : unblocking.known;
}

/** Whose word it is: of a ring, whoever put the label there, by GitHub's own event of it. */
export function whoAsked(
  { actor }: Pick<View, "actor">,
  { label }: AskedToUnblock,
): Part<AuthorizedActor> {
  if (label !== undefined) return label.by;
  return actor === undefined ? { unknown: "nobody" } : { known: actor };
}

/** The label is somebody's word whom the factory obeys. */
export function isObeyed({ by }: LabelledPull): boolean {
  return "known" in by && mayCommand(by.known);
}

/** The number by which it was asked for, whether or not the label still stands there. */
export function pullAskedFor(trigger: Trigger | undefined, prefix: string): number | undefined {
  return trigger?.kind === "doorbell"
    ? trigger.issue
    : askedToUnblock(trigger, prefix)?.pullRequest;
}
