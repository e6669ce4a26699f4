import type { EffectOf } from "../../domain/github/effect.ts";
import { type Continued, parentsOf } from "../../domain/github/owned-pull-request.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import type { View } from "../observed/issue-view.ts";
import { isOwnBranch } from "./own-places.ts";
import { BODY, isTitle } from "./texts.ts";

/** The open pull request that this run's order goes on with. */
export function continuedIn({ input }: View): Continued | undefined {
  return input.order?.kind === "line" ? input.order.continues : undefined;
}

/** A commit goes to the branch of the pull request that its order goes on with, and else to the claimed one. */
export function isPublishedTo(branch: string, view: View): boolean {
  const continued = continuedIn(view);
  if (continued === undefined) return isOwnBranch(branch, view);
  return branch === continued.branch && leaseOfBranch(branch)?.issue === view.issue?.number;
}

/** Where nothing is said it is the base of the change; else exactly what the order goes on with. */
export function areParents(parents: readonly string[] | undefined, view: View): boolean {
  const continued = continuedIn(view);
  const base = view.input.order?.base;
  if (continued === undefined || base === undefined) return parents === undefined;
  return parents?.join() === parentsOf(continued, base).join();
}

export function factsOfUpdate(
  effect: EffectOf<"update-pull-request">,
  view: View,
): readonly (readonly [property: string, holds: boolean])[] {
  return [
    ["pullRequest", effect.pullRequest === continuedIn(view)?.pullRequest],
    ["title", isTitle(effect.title)],
    ["body", effect.body.length <= BODY],
  ];
}
