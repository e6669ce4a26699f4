import { type AuthorizedActor, mayCommand } from "../../../domain/actor.ts";
import type { LabelledPull, Part } from "../../../domain/github/snapshot.ts";
import type { View } from "../issue-view.ts";
import { type AskedToUnblock, askedToUnblock } from "./asked.ts";

type Seen = Pick<View, "trigger" | "prefix" | "snapshot">;

/**
 * The same for a ring with the number of a labeled pull request. GitHub starts no run for a label on a conflicting pull
 * request, so the heartbeat rings for it.
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

/** The person who asks: for a ring, the one who added the label, by GitHub's own event. */
export function whoAsked(
  { actor }: Pick<View, "actor">,
  { label }: AskedToUnblock,
): Part<AuthorizedActor> {
  if (label !== undefined) return label.by;
  return actor === undefined ? { unknown: "nobody" } : { known: actor };
}

/** Whether a person whom the factory obeys added the label. */
export function isObeyed({ by }: LabelledPull): boolean {
  return "known" in by && mayCommand(by.known);
}
