import type { LabelledPull } from "../../../domain/github/snapshot.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import type { View } from "../../observed/issue-view.ts";
import { standingOf } from "../../observed/unblock/standing.ts";
import { isObeyed } from "../../observed/unblock/wish.ts";
import { refuseActor } from "../../vetoes/preconditions.ts";
import { FORGOTTEN_AFTER_MS, GIVEN_UP_AFTER_MS, inTurn } from "./resting.ts";

/** How long a run that GitHub starts for the label takes to announce itself, in milliseconds. */
const HEARD_WITHIN_MS = 15 * 60_000;

export interface LabelledRings {
  /** Numbers of pull requests. */
  readonly rung: readonly number[];
  /** Labels that have no effect. */
  readonly remarks: readonly Refusal[];
}

/**
 * Rings for labeled pull requests that no run has taken up. GitHub starts no run for a label on a conflicting pull request, which
 * is where people put it. By GitHub's own event, the person who added it must have write access; unknown refuses.
 */
export function ringLabelled(view: View): LabelledRings {
  const { unblocking } = view.snapshot;
  if (unblocking === undefined) return { rung: [], remarks: [] };
  if ("unknown" in unblocking) {
    const subject = "pull requests with the label";
    return {
      rung: [],
      remarks: [{ code: "state-unknown", subject, found: unblocking.unknown.slice(0, 500) }],
    };
  }
  const labelled = unblocking.known.toSorted((left, right) => left.pull.number - right.pull.number);
  const waiting = labelled.filter((one) => isObeyed(one) && isUnheard(view, one));
  return {
    rung: inTurn(waiting, view.now).map(({ pull }) => pull.number),
    remarks: labelled
      .flatMap((one) => (isObeyed(one) ? unclear(view, one) : [disobeyed(one)]))
      .slice(0, 5),
  };
}

function isUnheard(view: View, label: LabelledPull): boolean {
  const since = (at: string) => millisecondsBetween(at, view.now);
  const standing = standingOf(view, label);
  switch (standing.kind) {
    case "waits":
      return label.at !== undefined && since(label.at) >= HEARD_WITHIN_MS;
    case "begun":
      return since(standing.at) >= FORGOTTEN_AFTER_MS;
    case "answered": {
      // Only the label was left. If GitHub does not let it be removed, ringing for ever does not help.
      const rested = since(standing.at);
      return rested >= HEARD_WITHIN_MS && rested < GIVEN_UP_AFTER_MS;
    }
    case "unknown":
      return false;
  }
}

/** No ring, because the state is unknown. */
function unclear(view: View, label: LabelledPull): readonly Refusal[] {
  const standing = standingOf(view, label);
  if (standing.kind !== "unknown") return [];
  const subject = `the label on pull request ${label.pull.number}`;
  return [{ code: "state-unknown", subject, found: standing.found.slice(0, 500) }];
}

function disobeyed({ pull, by }: LabelledPull): Refusal {
  const subject = `the label on pull request ${pull.number}`;
  const refusal = "known" in by ? refuseActor(by.known) : undefined;
  return refusal === undefined
    ? { code: "actor-not-permitted", subject, found: "unknown" in by ? by.unknown : "nobody" }
    : { ...refusal, subject: `${subject}, put there by ${refusal.subject}` };
}
