import type { EffectOf } from "../../domain/github/effect.ts";
import { loopLabel, stageLabel, waitingLabel } from "../../domain/label.ts";
import { findingMarker, readFindingMarker } from "../../wording/loops/finding.ts";
import { loopMarker } from "../../wording/loops/issue.ts";
import type { View } from "../observed/issue-view.ts";
import { labelOfIncident } from "./incident-bounds.ts";

/** The most of each kind: the largest number that a loop file may ask for, and the loop's rolling issue. */
export const MOST_OF_A_LOOP = 62;

/** The loop of this run's order, if it settles one. */
function loopOf({ input }: View) {
  return input.task === "loop-settle" && input.order?.kind === "loop"
    ? input.order.loop
    : undefined;
}

/** Whether it is an issue of this very loop, by its last line and the factory's authorship. No other is written on or closed. */
export function isOfLoop(issue: number, view: View): boolean {
  return markerOfLoop(issue, view) !== undefined;
}

/** That last line. */
export function markerOfLoop(issue: number, view: View): string | undefined {
  const loop = loopOf(view);
  const found = (view.snapshot.loopIssues ?? []).find(({ number }) => number === issue);
  if (loop === undefined || found === undefined) return undefined;
  const isOwn =
    found.marker === loopMarker(loop.name) || readFindingMarker(found.marker)?.loop === loop.name;
  return isOwn ? found.marker : undefined;
}

/** The most issues that the file of this run's loop may put on the line. */
export function mostStarts(view: View): number {
  return loopOf(view)?.loop.effects.start ?? 0;
}

/** An issue of this very loop enters the line, if its file allows that: two labels are added, and none removed. */
export function isStarted(effect: EffectOf<"set-labels">, view: View): boolean {
  const { prefix } = view;
  const comes = [stageLabel(prefix, "queued"), waitingLabel(prefix)];
  return (
    mostStarts(view) > 0 &&
    readFindingMarker(markerOfLoop(effect.issue, view) ?? "") !== undefined &&
    effect.remove.length === 0 &&
    effect.add.every((label) => comes.includes(label))
  );
}

/** Labels and last line of an issue that a loop files: those of its file at the base, and its own. */
function isFiledByLoop({ labels, marker }: EffectOf<"open-issue">, view: View): boolean {
  const loop = loopOf(view);
  if (loop === undefined) return false;
  const allowed = [loopLabel(view.prefix), ...loop.loop.effects.labels];
  const found = readFindingMarker(marker);
  const isOwn =
    marker === loopMarker(loop.name) ||
    (found !== undefined && marker === findingMarker(loop.name, found.key));
  return isOwn && labels.every((label) => allowed.includes(label));
}

/** A loop uses its own labels. All others may only mark an incident. */
export function hasOwnLabels(effect: EffectOf<"open-issue">, view: View): boolean {
  return settlesLoop(view)
    ? isFiledByLoop(effect, view)
    : effect.labels.every((label) => label === labelOfIncident(view));
}

export function settlesLoop(view: View): boolean {
  return loopOf(view) !== undefined;
}
