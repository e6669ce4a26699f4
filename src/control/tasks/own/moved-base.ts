import type { ObjectId } from "../../../domain/digest.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { continuedBy } from "../../observed/pull-requests.ts";
import type { Wants } from "../../observed/situation.ts";
import { makeStep } from "../../three-way/make-step.ts";
import type { Conflict } from "../../three-way/steps.ts";

/** A default branch on which the change of the open pull request does not apply any more. */
export interface Conflicting {
  readonly head: ObjectId;
  readonly conflicts: readonly Conflict[];
}

/**
 * Whether the change of the open pull request still applies where the default branch stands now: the step from its base to
 * its head, made there path by path, as a revert makes the step back. Undefined where it does, where nothing moved, and where
 * GitHub does not list all files.
 */
export function conflictsWithBase(view: OnIssue): Conflicting | Wants | undefined {
  const going = continuedBy(view);
  if ("refusal" in going || going.continues?.base === undefined) return undefined;
  const { head: own, base } = going.continues;
  const { head } = view.snapshot.repository;
  if (head === base) return undefined;
  const [made, before, now] = [own, base, head].map((commit) => view.trees?.get(commit));
  if (made === undefined || before === undefined || now === undefined) {
    return { wants: [], trees: [own, base, head] };
  }
  if ("unknown" in made.files || "unknown" in before.files || "unknown" in now.files) {
    return undefined;
  }
  const applied = makeStep(
    {
      commits: { from: base, to: own, onto: head },
      trees: { from: before.files.known, to: made.files.known, onto: now.files.known },
    },
    view.files,
  );
  if ("wants" in applied) return applied;
  return "conflicts" in applied ? { head, conflicts: applied.conflicts } : undefined;
}
